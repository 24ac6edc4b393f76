import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds of one turn of the event loop that such work takes in one go. */
const longestGo = 10;

/**
 * Makes a line for work that takes the thread for some milliseconds each: of what comes in one piece, such as events
 * that Slack sends at once, some is done now and the rest in later turns of the event loop, so that nothing else waits
 * for all of it.
 * @returns waits for its turn
 */
export function createLine(): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  let began: number | null = null;

  async function takeTurn(): Promise<void> {
    if (began !== null && performance.now() - began > longestGo) await nextTurn();
    if (began !== null) return;
    began = performance.now();
    setImmediate(() => {
      began = null;
    });
  }

  return () => {
    last = last.then(takeTurn);
    return last;
  };
}
