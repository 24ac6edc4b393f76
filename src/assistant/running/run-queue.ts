import type { DemoLimits } from '../../config.ts';
import type { RunRequest } from '../assistant.ts';
import { AssistantError } from '../assistant-error.ts';

/** Demos of one person that may wait. */
const mostWaiting = 3;

/** A place in the queue. */
export interface Ticket {
  /** The place while waiting, from 1, again each time it changes; ends when it is this ticket's turn. */
  positions(signal: AbortSignal): AsyncGenerator<number, void, void>;
  /** Whether it still waits. */
  waits(): boolean;
  /** Gives the place, or the turn, back. */
  leave(): void;
}

/**
 * Lets a bounded number of runs go on at once, and of one person's and one channel's likewise. The others wait in order;
 * who waits only for a run of their own, or of their channel, does not hold up who comes after.
 */
export interface RunQueue {
  /** @throws AssistantError `too-many-runs` where nothing more may wait */
  enter(request: Pick<RunRequest, 'demo' | 'who' | 'where'>): Ticket;
}

interface Entered {
  readonly demo: string;
  readonly who: string;
  readonly where: string;
  readonly turn: PromiseWithResolvers<void>;
}

/** Makes a queue with the given limits. */
export function createRunQueue(limits: DemoLimits): RunQueue {
  const running = new Set<Entered>();
  let line: readonly Entered[] = [];
  let moved = Promise.withResolvers<void>();

  const countOf = (runs: Iterable<Entered>, fits: (run: Entered) => boolean) => [...runs].filter(fits).length;
  const mayStart = ({ who, where }: Pick<Entered, 'who' | 'where'>) =>
    running.size < limits.concurrency &&
    countOf(running, (run) => run.who === who) < limits.perPerson &&
    countOf(running, (run) => run.where === where) < limits.perChannel;

  /** Gives every turn that there is to the first in line that may have it. */
  function advance(): void {
    for (const next of line) {
      if (!mayStart(next)) continue;
      running.add(next);
      line = line.filter((other) => other !== next);
      next.turn.resolve();
    }
    moved.resolve();
    moved = Promise.withResolvers<void>();
  }

  function refuseWait({ demo, who, where }: Omit<Entered, 'turn'>): void {
    const own = [...running, ...line].filter((run) => run.who === who);
    // A second press of the same button, for example.
    if (own.some((run) => run.demo === demo && run.where === where))
      throw refusal('You have this demo under way here already. Wait for its end, or stop it');
    if (countOf(line, (run) => run.who === who) >= mostWaiting)
      throw refusal(`You have ${mostWaiting} demos waiting already. Leave the queue with one of them, or wait`);
    if (line.length >= limits.queue) throw refusal(`${line.length} demos are waiting already. Try again in a minute`);
  }

  return {
    enter({ demo, who, where }) {
      const entered: Entered = { demo, who: who.id, where: where.id, turn: Promise.withResolvers() };
      if (!mayStart(entered)) refuseWait(entered);
      line = [...line, entered];
      advance();
      return {
        positions: (signal) =>
          tellPlaces(
            () => line.indexOf(entered) + 1,
            () => moved.promise,
            entered,
            signal,
          ),
        waits: () => line.includes(entered),
        leave() {
          running.delete(entered);
          line = line.filter((other) => other !== entered);
          advance();
        },
      };
    },
  };
}

/** @param place from 1; 0 for one that waits no more */
async function* tellPlaces(
  place: () => number,
  moved: () => Promise<void>,
  { turn }: Entered,
  signal: AbortSignal,
): AsyncGenerator<number, void, void> {
  const aborted = Promise.withResolvers<void>();
  const abort = () => aborted.resolve();
  signal.addEventListener('abort', abort, { once: true });
  try {
    for (let told = 0; place() > 0 && !signal.aborted; ) {
      const position = place();
      const next = moved();
      if (position !== told) yield position;
      told = position;
      await Promise.race([next, turn.promise, aborted.promise]);
    }
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function refusal(message: string): AssistantError {
  return new AssistantError('too-many-runs', message);
}
