import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { BeforeStep, DemoSummary, RunEvent } from '../../assistant/assistant.ts';
import { AssistantError } from '../../assistant/assistant-error.ts';
import type { Report } from '../../assistant/report.ts';
import type { Needs } from '../parts.ts';
import { askerOf } from '../people/asker.ts';
import type { Requester } from '../people/requester.ts';
import { wordsFor } from '../transport/failure.ts';
import { type LiveMessage, openLiveMessage } from '../transport/live-message.ts';
import type { Destination, Posted } from '../transport/post.ts';
import type { TellElsewhere } from './elsewhere.ts';
import { brokenOffMessage, runMessage, scriptMessage } from './run-message.ts';
import { advanceRun, awaitClick, newRun, type RunState, type StepKey } from './run-state.ts';

/** Milliseconds after which a run that has told nothing yet is shown all the same, so that a press is seen to work. */
const patience = 300;
/** Milliseconds that the end of the program waits for Slack to take the last edits. */
const settleTime = 10_000;

/** A request to run a demo in a message. */
export interface RunDemand {
  readonly demo: string;
  readonly who: Requester;
  /** The channel in which it was asked for, which permissions go by. */
  readonly askedIn: string;
  /** Where the run is shown. */
  readonly where: Destination;
  /** Whether each step waits for a click of whoever started it. */
  readonly stepByStep?: boolean;
  /** Says where it is shown, where that is not where it was asked for. */
  readonly onElsewhere?: TellElsewhere;
}

/** Runs demos in messages. */
export interface DemoRuns {
  /**
   * Runs a demo in a message of its own, edited in place until the end.
   * @returns the report; null where the run came to none
   * @throws AssistantError if the run is refused; the client's error if nothing can be posted
   */
  run(client: WebClient, demand: RunDemand): Promise<Report | null>;
  /** Lets the step begin that waits for it. @returns why not, or null */
  next(step: StepKey, who: Requester): string | null;
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

/** A run that goes on. */
interface ActiveRun {
  readonly stop: AbortController;
  readonly who: Requester;
  /** The step that waits for a click, and what lets it begin. */
  waiting: { readonly index: number; readonly title: string; readonly begin: () => void } | null;
  /** Shows that a step waits. */
  onWait: () => void;
}

/** Makes the runner of demos in messages. */
export function createDemoRuns(parts: Needs<'assistant' | 'log' | 'people'>): DemoRuns {
  const { assistant, log } = parts;
  const active = new Map<string, ActiveRun>();
  const open = new Set<Promise<void>>();

  /** Without the note a run that breaks off cannot be told so; that is no reason to break off, or to wait. */
  async function noteMessage(runId: string, message: Posted): Promise<void> {
    try {
      await assistant.noteRunMessage(runId, message);
    } catch (error) {
      log.error({ error }, 'the message of a run could not be put on record');
    }
  }

  async function run(client: WebClient, demand: RunDemand): Promise<Report | null> {
    const { demo: id, who, askedIn, where, stepByStep = false } = demand;
    const demo = assistant.demos().find((candidate) => candidate.id === id);
    if (!demo)
      throw new AssistantError('unknown-demo', 'This demo is no longer there. Ask again to see what there is now');
    const key = randomUUID();
    const stop = new AbortController();
    const asker = await askerOf(parts, client, who, askedIn);
    const own: ActiveRun = { stop, who, waiting: null, onWait: () => undefined };
    active.set(key, own);
    const events = assistant
      .runDemo({
        demo: id,
        ...asker,
        signal: stop.signal,
        ...(stepByStep ? { beforeStep: waitForClick(own) } : {}),
      })
      [Symbol.asyncIterator]();
    try {
      const first = newRun(key, demo);
      // A refusal comes before the first event, so a run that is refused posts nothing.
      const begun: Promise<IteratorResult<RunEvent>> = events.next();
      await Promise.race([begun, sleep(patience, undefined, { ref: false })]);
      const live = await openLiveMessage(client, where, who.user, runMessage(first), log);
      if (live.at.channel !== askedIn) void demand.onElsewhere?.(live.at);
      return await follow(demo, own, live, first, { begun, next: () => events.next() });
    } finally {
      active.delete(key);
      // Where nothing could be shown, the run goes no further.
      stop.abort();
      await events.return?.();
    }
  }

  async function follow(
    demo: DemoSummary,
    own: ActiveRun,
    live: LiveMessage,
    first: RunState,
    events: BegunEvents,
  ): Promise<Report | null> {
    let state = first;
    let noted = false;
    let ended = false;
    const show = () =>
      live.show(runMessage(own.waiting ? awaitClick(state, own.waiting.index, own.waiting.title) : state));
    own.onWait = show;
    if (own.waiting !== null) show();
    try {
      for (let result = await events.begun; result.done !== true; result = await events.next()) {
        const event = result.value;
        if (!noted && 'runId' in event) void noteMessage(event.runId, live.at);
        noted ||= 'runId' in event;
        state = advanceRun(state, event);
        if (state.report?.error != null)
          log.warn({ demo: demo.id, code: state.report.errorCode, reason: state.report.error }, 'a run failed');
        if (state.report === null) show();
        else await showEnd(live, state);
        ended = state.report !== null;
      }
    } catch (error) {
      log.error({ error, demo: demo.id }, 'a run broke off');
      // The message must not stand there as if the run went on.
      if (state.report === null) {
        await live.end(brokenOffMessage(demo, wordsFor(error)));
        return null;
      }
      if (!ended) throw error;
    }
    return state.report;
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
    next({ key, index }, who) {
      const found = active.get(key);
      if (!found) return 'This run has already ended.';
      if (found.who.user !== who.user || found.who.team !== who.team)
        return 'Only whoever started this run can go on with it.';
      if (found.waiting?.index !== index) return 'This step has begun already.';
      found.waiting.begin();
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

/** Lets each step of a run wait for a click. The assistant bounds the wait. */
function waitForClick(run: ActiveRun): BeforeStep {
  return async (index, title, signal) => {
    const clicked = Promise.withResolvers<void>();
    const begin = () => clicked.resolve();
    signal.addEventListener('abort', begin, { once: true });
    run.waiting = { index, title, begin };
    run.onWait();
    await clicked.promise;
    run.waiting = null;
  };
}
