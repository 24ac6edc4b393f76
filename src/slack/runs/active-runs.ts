import type { BeforeStep } from '../../assistant/assistant.ts';
import { AssistantError } from '../../assistant/assistant-error.ts';
import type { Requester } from '../people/requester.ts';
import type { Destination, Posted } from '../transport/post.ts';
import type { StepKey } from './run-state.ts';

/** A run that goes on. */
export interface ActiveRun {
  readonly stop: AbortController;
  readonly who: Requester;
  readonly demo: string;
  /** Where it was to be shown. */
  readonly where: Destination;
  /** Names the message that shows it, once one does. */
  message: string | undefined;
  /** The step that waits for a click, and what lets it begin. */
  waiting: { readonly index: number; readonly title: string; readonly begin: () => void } | null;
  /** Shows that a step waits. */
  onWait: () => void;
  /** Hears that the message is taken away, in which nothing is shown any more. */
  onGone: () => void;
}

/** A run that is to begin. */
export interface BegunRun extends Pick<ActiveRun, 'who' | 'demo' | 'where'> {
  /** The message that it takes the place of, if it takes one's. */
  readonly replaces?: Posted;
}

/** The runs that go on, by the key that their buttons bear. */
export interface ActiveRuns {
  /**
   * @throws AssistantError `too-many-runs` where the message that it takes the place of shows a run that goes on, or
   *   the same person runs the same demo in the same place already
   */
  enter(key: string, run: BegunRun): ActiveRun;
  leave(key: string): void;
  /** Notes which message shows a run. */
  showAt(run: ActiveRun, at: Posted): void;
  /** Stops the run that a message shows that is being taken away, if it goes on. */
  stopAt(team: string, at: Posted): void;
  /** Lets the step begin that waits for it. @returns why not, or null */
  next(step: StepKey, who: Requester): string | null;
  /** Stops a run. @returns why not, or null */
  stop(key: string, who: Requester): string | null;
  /** Stops all runs that somebody started. @returns how many */
  stopOwn(who: Requester): number;
  /** Whether a run that somebody started goes on in a thread, or in the message that the thread begins with. */
  runsOwn(who: Requester, thread: Required<Destination>): boolean;
  /** Stops all runs of a workspace. */
  stopTeam(team: string): void;
}

const ended = 'This run has already ended.';

/** Makes the list of runs that go on. */
export function createActiveRuns(): ActiveRuns {
  const active = new Map<string, ActiveRun>();
  return {
    showAt(run, at) {
      run.message = nameOf(run.who.team, at);
    },
    stopAt(team, at) {
      for (const run of active.values()) {
        if (run.message !== nameOf(team, at)) continue;
        run.onGone();
        run.stop.abort();
      }
    },
    enter(key, { who, demo, where, replaces }) {
      const message = replaces && nameOf(who.team, replaces);
      refuseSecond([...active.values()], { who, demo, where }, message);
      const run: ActiveRun = {
        ...{ message, who, demo, where },
        stop: new AbortController(),
        waiting: null,
        onWait: () => undefined,
        onGone: () => undefined,
      };
      active.set(key, run);
      return run;
    },
    leave: (key) => void active.delete(key),
    stop(key, who) {
      const found = active.get(key);
      if (!found) return ended;
      if (!isOf(found, who)) return 'Only whoever started this run can stop it.';
      found.stop.abort();
      return null;
    },
    next({ key, index }, who) {
      const found = active.get(key);
      if (!found) return ended;
      if (!isOf(found, who)) return 'Only whoever started this run can go on with it.';
      if (found.waiting?.index !== index) return 'This step has begun already.';
      found.waiting.begin();
      return null;
    },
    stopOwn(who) {
      const own = [...active.values()].filter((run) => isOf(run, who));
      for (const run of own) run.stop.abort();
      return own.length;
    },
    runsOwn(who, { channel, thread }) {
      const begins = nameOf(who.team, { channel, ts: thread });
      return [...active.values()].some(
        (run) => isOf(run, who) && (isAt(run, { channel, thread }) || run.message === begins),
      );
    },
    stopTeam(team) {
      for (const run of active.values()) if (run.who.team === team) run.stop.abort();
    },
  };
}

/** Lets each step of a run wait for a click. The assistant bounds the wait. */
export function waitForClick(run: ActiveRun): BeforeStep {
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

function isOf(run: ActiveRun, who: Requester): boolean {
  return run.who.user === who.user && run.who.team === who.team;
}

function isAt({ where }: ActiveRun, { channel, thread }: Destination): boolean {
  return where.channel === channel && where.thread === thread;
}

function nameOf(team: string, { channel, ts }: Posted): string {
  return `${team}/${channel}/${ts}`;
}

/** A second press of the same button, or the same words again. @throws AssistantError `too-many-runs` */
function refuseSecond(
  runs: readonly ActiveRun[],
  { who, demo, where }: Pick<BegunRun, 'who' | 'demo' | 'where'>,
  message: string | undefined,
): void {
  if (message !== undefined && runs.some((run) => run.message === message))
    throw new AssistantError('too-many-runs', 'This demo is being run again here already. Wait for its end');
  if (runs.some((run) => isOf(run, who) && run.demo === demo && isAt(run, where)))
    throw new AssistantError(
      'too-many-runs',
      'You have this demo under way here already. Wait for its end, or stop it',
    );
}
