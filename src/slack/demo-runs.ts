import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import type { Assistant, RunEvent } from '../assistant/assistant.ts';
import { AssistantError } from '../assistant/assistant-error.ts';
import { openLiveMessage } from './live-message.ts';
import type { Destination, Posted } from './post.ts';
import { runMessage, scriptMessage } from './run-message.ts';
import { advanceRun, newRun } from './run-state.ts';

/** Milliseconds after which a run that has told nothing yet is shown all the same, so that a press is seen to work. */
const patience = 300;
/** Milliseconds that the end of the program waits for Slack to take the last edits. */
const settleTime = 10_000;

/** Who asked for a run. */
export interface Requester {
  readonly team: string;
  readonly user: string;
}

/** A request to run a demo in a message. */
export interface RunDemand {
  readonly demo: string;
  readonly who: Requester;
  /** The channel in which it was asked for, which permissions go by. */
  readonly askedIn: string;
  /** Where the run is shown. */
  readonly where: Destination;
}

/** Runs demos in messages. */
export interface DemoRuns {
  /**
   * Runs a demo in a message of its own, edited in place until the end.
   * @throws AssistantError if the run is refused; the client's error if nothing can be posted
   */
  run(client: WebClient, demand: RunDemand): Promise<void>;
  /** Stops a run. @returns why not, or null */
  stop(key: string, who: Requester): string | null;
  /** Waits until the messages of all runs have their last edit, or Slack takes too long. */
  settle(): Promise<void>;
}

/** Makes the runner of demos in messages. */
export function createDemoRuns(assistant: Assistant, log: Logger): DemoRuns {
  const active = new Map<string, { readonly stop: AbortController; readonly user: string }>();
  const open = new Set<Promise<void>>();

  /** Without the note a run that breaks off cannot be told so; that is no reason to break off. */
  function noteMessage(runId: string, message: Posted): void {
    try {
      assistant.noteRunMessage(runId, message);
    } catch (error) {
      log.error({ error: String(error) }, 'the message of a run could not be put on record');
    }
  }

  async function run(client: WebClient, { demo: id, who, askedIn, where }: RunDemand): Promise<void> {
    const demo = assistant.demos().find((candidate) => candidate.id === id);
    if (!demo)
      throw new AssistantError('unknown-demo', 'This demo is no longer there. Ask again to see what there is now');
    const key = randomUUID();
    const stop = new AbortController();
    active.set(key, { stop, user: who.user });
    const events = assistant
      .runDemo({
        demo: id,
        who: { id: `slack:${who.team}:${who.user}`, team: who.team },
        where: { id: `slack:${who.team}:${askedIn}` },
        signal: stop.signal,
      })
      [Symbol.asyncIterator]();
    try {
      let state = newRun(key, demo);
      // A refusal comes before the first event, so a run that is refused posts nothing.
      let next: Promise<IteratorResult<RunEvent>> = events.next();
      await Promise.race([next, sleep(patience, undefined, { ref: false })]);
      const live = await openLiveMessage(client, where, who.user, runMessage(state), log);
      for (let result = await next; result.done !== true; result = await next) {
        if (result.value.type === 'started') noteMessage(result.value.runId, live.at);
        state = advanceRun(state, result.value);
        if (state.report === null) live.show(runMessage(state));
        next = events.next();
      }
      await live.end(runMessage(state));
      const script = scriptMessage(state);
      if (script) await live.follow(script);
    } finally {
      active.delete(key);
      // Where nothing could be shown, the run goes no further.
      stop.abort();
      await events.return?.();
    }
  }

  return {
    run(client, demand) {
      const running = run(client, demand);
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
      await Promise.race([Promise.all(open), sleep(settleTime, undefined, { ref: false })]);
    },
  };
}
