import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Assistant } from '../assistant/assistant.ts';
import { AssistantError } from '../assistant/assistant-error.ts';
import { plainMessage } from './message.ts';
import { type Destination, edit, type Posted, post, whisper } from './post.ts';
import { advanceRun, newRun, type RunState, runMessage, scriptMessage } from './run-message.ts';

/** Slack allows about one edit a second, and bursts: the first edits of a run follow each other faster. */
const burst = { edits: 6, milliseconds: 250 } as const;
const steadyMilliseconds = 1200;

/** Who asked for a run. */
export interface Requester {
  readonly team: string;
  readonly user: string;
}

/** Runs demos in messages. */
export interface DemoRuns {
  /** Runs a demo in a message of its own, edited in place until the end. Tells failures to whoever asked. */
  run(client: WebClient, demo: string, who: Requester, where: Destination): Promise<void>;
  /** Stops a run. @returns why not, or null */
  stop(key: string, who: Requester): string | null;
  /** Waits until the messages of all runs have their last edit. */
  settle(): Promise<void>;
}

/** Makes the runner of demos in messages. */
export function createDemoRuns(assistant: Assistant, log: Logger): DemoRuns {
  const active = new Map<string, { readonly stop: AbortController; readonly user: string }>();
  const open = new Set<Promise<void>>();

  async function run(client: WebClient, id: string, who: Requester, where: Destination): Promise<void> {
    const demo = assistant.demos().find((candidate) => candidate.id === id);
    if (!demo) {
      await whisper(
        client,
        where,
        who.user,
        plainMessage('This demo is no longer there. Ask again to see what there is now.'),
      );
      return;
    }
    const key = randomUUID();
    const stop = new AbortController();
    active.set(key, { stop, user: who.user });
    try {
      await show(client, where, newRun(key, demo), async function* () {
        const person = { id: `slack:${who.team}:${who.user}` };
        const place = { id: `slack:${who.team}:${where.channel}` };
        yield* assistant.runDemo({ demo: id, who: person, where: place, signal: stop.signal });
      });
    } catch (error) {
      if (!(error instanceof AssistantError)) throw error;
      await whisper(client, where, who.user, plainMessage(`${error.message}.`));
    } finally {
      active.delete(key);
    }
  }

  /** The message is posted with the first event, so a run that is refused posts nothing. */
  async function show(
    client: WebClient,
    where: Destination,
    first: RunState,
    events: () => ReturnType<Assistant['runDemo']>,
  ): Promise<void> {
    let state = first;
    let message: Posted | null = null;
    let shown: RunState = first;
    let lastEdit = 0;
    let edits = 0;
    const nextEdit = () => lastEdit + (edits < burst.edits ? burst.milliseconds : steadyMilliseconds);
    let pending: Promise<void> = Promise.resolve();
    const showNow = async () => {
      if (message === null || shown === state) return;
      shown = state;
      lastEdit = performance.now();
      edits++;
      await edit(client, message.channel, message.ts, runMessage(state));
    };
    for await (const event of events()) {
      state = advanceRun(state, event);
      if (message === null) {
        message = await post(client, where, runMessage(state));
        shown = state;
        lastEdit = performance.now();
      } else if (performance.now() >= nextEdit()) {
        pending = pending
          .then(showNow)
          .catch((error: unknown) => log.warn({ error: String(error) }, 'an edit of a run failed'));
      }
    }
    await pending;
    if (shown !== state) {
      await sleep(Math.max(0, nextEdit() - performance.now()));
      await showNow();
    }
    const script = scriptMessage(state);
    if (script && message !== null)
      await post(client, { channel: message.channel, thread: where.thread ?? message.ts }, script);
  }

  return {
    run(client, demo, who, where) {
      const running = run(client, demo, who, where);
      const settled = running.then(
        () => undefined,
        () => undefined,
      );
      open.add(settled);
      void settled.then(() => open.delete(settled));
      return running;
    },
    stop(key, who) {
      const found = active.get(key);
      if (!found) return 'This run has already ended.';
      if (found.user !== who.user) return 'Only whoever started this run can stop it.';
      found.stop.abort();
      return null;
    },
    async settle() {
      await Promise.all(open);
    },
  };
}
