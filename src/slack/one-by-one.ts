import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Makes a line for work that takes the thread for some milliseconds each: of what comes in one piece, such as events
 * that Slack sends at once, each has a turn of the event loop of its own, so that nothing else waits for all of them.
 * @returns waits for the next turn
 */
export function createLine(): () => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  return async () => {
    last = last.then(() => nextTurn());
    await last;
  };
}
