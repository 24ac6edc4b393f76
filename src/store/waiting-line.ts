import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds between two tries while another process holds the file: the first, then twice as long, at most. */
const pause = { first: 1, longest: 50 } as const;
/** Milliseconds for which work that waited is done in one go, before others get the thread. */
const longestGo = 10;

/** Work that may find the file held. */
export interface Waiting {
  /** When its patience ends, on the clock of `performance`. */
  readonly until: number;
  /** Tries it. @returns false if it has to go on waiting */
  readonly attempt: () => boolean;
}

/** The line in which work waits for another process; nothing else waits for it. */
export interface WaitingLine {
  /** Tries work at once, and has it wait where that fails. @param inLine whether it waits for what came before it */
  enter(work: Waiting, inLine: boolean): void;
  /** Waits until nothing waits any more, at most some milliseconds. */
  settle(most: number): Promise<void>;
}

/** Makes an empty line. */
export function createWaitingLine(): WaitingLine {
  const line: Waiting[] = [];
  let working: Promise<void> | null = null;

  /** Tries what waits, in order, until nothing does. */
  async function work(): Promise<void> {
    let wait: number = pause.first;
    while (line.length > 0) {
      await sleep(wait * (1 + Math.random()));
      wait = (await tryLine(line)) ? pause.first : Math.min(wait * 2, pause.longest);
    }
    working = null;
  }

  return {
    enter(waiting, inLine) {
      if ((!inLine || line.length === 0) && waiting.attempt()) return;
      line.push(waiting);
      working ??= work();
    },
    async settle(most) {
      if (working !== null) await Promise.race([working, sleep(most, undefined, { ref: false })]);
    },
  };
}

/** @returns whether anything was done */
async function tryLine(line: Waiting[]): Promise<boolean> {
  let done = false;
  let began = performance.now();
  for (let first = line[0]; first?.attempt() === true; first = line[0]) {
    line.shift();
    done = true;
    if (performance.now() - began < longestGo) continue;
    await nextTurn();
    began = performance.now();
  }
  for (const late of line.filter(({ until }) => until <= performance.now()))
    if (late.attempt()) line.splice(line.indexOf(late), 1);
  return done;
}
