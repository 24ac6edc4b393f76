import PQueue from 'p-queue';
import type { DemoLimits } from '../../config.ts';
import type { Person, Place } from '../assistant.ts';
import { AssistantError } from '../assistant-error.ts';

/** A place in the queue. */
export interface Ticket {
  /** The place while waiting, from 1, again each time it changes; ends when it is this ticket's turn. */
  positions(signal: AbortSignal): AsyncGenerator<number, void, void>;
  /** Gives the place, or the turn, back. */
  leave(): void;
}

/** Lets a bounded number of runs go on at once; the others wait in order. */
export interface RunQueue {
  /** @throws AssistantError `too-many-runs` where a limit is reached */
  enter(who: Person, where: Place): Ticket;
}

interface Waiting {
  readonly who: string;
  readonly where: string;
  readonly turn: PromiseWithResolvers<void>;
  readonly left: PromiseWithResolvers<void>;
}

/** Makes a queue with the given limits. */
export function createRunQueue(limits: DemoLimits): RunQueue {
  const queue = new PQueue({ concurrency: limits.concurrency });
  const entered = new Set<Waiting>();
  let line: Waiting[] = [];
  let moved = Promise.withResolvers<void>();

  const move = (next: Waiting[]) => {
    line = next;
    moved.resolve();
    moved = Promise.withResolvers<void>();
  };

  function refuse(who: Person, where: Place): void {
    const runs = [...entered];
    const one = (count: number) => (count === 1 ? 'a demo' : `${count} demos`);
    if (runs.filter((run) => run.who === who.id).length >= limits.perPerson) {
      throw new AssistantError(
        'too-many-runs',
        `You already have ${one(limits.perPerson)} under way. Wait for the end, or stop it`,
      );
    }
    if (runs.filter((run) => run.where === where.id).length >= limits.perChannel) {
      throw new AssistantError(
        'too-many-runs',
        `This channel already has ${one(limits.perChannel)} under way. Wait for the end, or ask elsewhere`,
      );
    }
    if (line.length >= limits.queue && queue.pending >= limits.concurrency) {
      throw new AssistantError('too-many-runs', `${line.length} demos are waiting already. Try again in a minute`);
    }
  }

  return {
    enter(who, where) {
      refuse(who, where);
      const ticket: Waiting = {
        who: who.id,
        where: where.id,
        turn: Promise.withResolvers(),
        left: Promise.withResolvers(),
      };
      entered.add(ticket);
      line = [...line, ticket];
      void queue.add(async () => {
        if (line.includes(ticket)) move(line.filter((other) => other !== ticket));
        ticket.turn.resolve();
        await ticket.left.promise;
      });
      return {
        async *positions(signal) {
          const aborted = Promise.withResolvers<void>();
          const abort = () => aborted.resolve();
          signal.addEventListener('abort', abort, { once: true });
          try {
            // A free place is taken within this turn of the event loop, so only a real wait is reported.
            await Promise.resolve();
            for (let told = 0; line.includes(ticket) && !signal.aborted; ) {
              const position = line.indexOf(ticket) + 1;
              if (position !== told) yield position;
              told = position;
              await Promise.race([moved.promise, ticket.turn.promise, aborted.promise]);
            }
          } finally {
            signal.removeEventListener('abort', abort);
          }
        },
        leave() {
          entered.delete(ticket);
          ticket.left.resolve();
          if (line.includes(ticket)) move(line.filter((other) => other !== ticket));
        },
      };
    },
  };
}
