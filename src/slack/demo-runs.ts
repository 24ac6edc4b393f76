import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { DemoSummary, RunEvent } from '../assistant/assistant.ts';
import { AssistantError } from '../assistant/assistant-error.ts';
import { wordsFor } from './failure.ts';
import { type LiveMessage, openLiveMessage } from './live-message.ts';
import type { Destination, Posted } from './post.ts';
import { brokenOffMessage, runMessage, scriptMessage } from './run-message.ts';
import { advanceRun, newRun, type RunState } from './run-state.ts';
import { settingsOf } from './settings-of.ts';
import type { SurfaceParts } from './slack-surface.ts';

/** Milliseconds after which a run that has told nothing yet is shown all the same, so that a press is seen to work. */
const patience = 300;
/** Milliseconds that the end of the program waits for Slack to take the last edits. */
const settleTime = 10_000;

/** Milliseconds that a run waits for Slack to tell who a person is. */
const lookTime = 2000;

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
  /** Stops all runs of a workspace. */
  stopTeam(team: string): void;
  /** Waits until the messages of all runs have their last edit, or Slack takes too long. */
  settle(): Promise<void>;
}

/** The events of a run whose first one has been asked for. */
interface BegunEvents {
  readonly begun: Promise<IteratorResult<RunEvent>>;
  next(): Promise<IteratorResult<RunEvent>>;
}

/** Makes the runner of demos in messages. */
export function createDemoRuns(parts: SurfaceParts): DemoRuns {
  const { assistant, log } = parts;
  const active = new Map<string, { readonly stop: AbortController; readonly who: Requester }>();
  const open = new Set<Promise<void>>();

  /**
   * Whether somebody is known to be a guest. Slack is asked only where it matters, and not for long; where it does not
   * tell, for example without the scope `users:read`, people count as members.
   */
  async function isGuest(client: WebClient, who: Requester): Promise<boolean> {
    if (settingsOf(parts, who.team).guestsMayRunDemos) return false;
    const told = await Promise.race([parts.people.look(client, who), sleep(lookTime, null, { ref: false })]);
    return told?.guest ?? false;
  }

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
    const guest = await isGuest(client, who);
    const key = randomUUID();
    const stop = new AbortController();
    active.set(key, { stop, who });
    const events = assistant
      .runDemo({
        demo: id,
        who: { id: `slack:${who.team}:${who.user}`, team: who.team, guest },
        where: { id: `slack:${who.team}:${askedIn}` },
        signal: stop.signal,
      })
      [Symbol.asyncIterator]();
    try {
      const first = newRun(key, demo);
      // A refusal comes before the first event, so a run that is refused posts nothing.
      const begun: Promise<IteratorResult<RunEvent>> = events.next();
      await Promise.race([begun, sleep(patience, undefined, { ref: false })]);
      const live = await openLiveMessage(client, where, who.user, runMessage(first), log);
      await follow(demo, live, first, { begun, next: () => events.next() });
    } finally {
      active.delete(key);
      // Where nothing could be shown, the run goes no further.
      stop.abort();
      await events.return?.();
    }
  }

  async function follow(demo: DemoSummary, live: LiveMessage, first: RunState, events: BegunEvents): Promise<void> {
    let state = first;
    let noted = false;
    let ended = false;
    try {
      for (let result = await events.begun; result.done !== true; result = await events.next()) {
        const event = result.value;
        if (!noted && 'runId' in event) noteMessage(event.runId, live.at);
        noted ||= 'runId' in event;
        state = advanceRun(state, event);
        if (state.report === null) live.show(runMessage(state));
        else await showEnd(live, state);
        ended = state.report !== null;
      }
    } catch (error) {
      log.error({ error: String(error), demo: demo.id }, 'a run broke off');
      // The message must not stand there as if the run went on.
      if (state.report === null) await live.end(brokenOffMessage(demo, wordsFor(error)));
      else if (!ended) throw error;
    }
  }

  async function showEnd(live: LiveMessage, state: RunState): Promise<void> {
    await live.end(runMessage(state));
    const script = scriptMessage(state);
    if (script) await live.follow(script);
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
      if (found.who.user !== who.user || found.who.team !== who.team)
        return 'Only whoever started this run can stop it.';
      found.stop.abort();
      return null;
    },
    stopTeam(team) {
      for (const run of active.values()) if (run.who.team === team) run.stop.abort();
    },
    async settle() {
      await Promise.race([Promise.all(open), sleep(settleTime, undefined, { ref: false })]);
    },
  };
}
