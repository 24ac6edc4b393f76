import { setTimeout as sleep } from 'node:timers/promises';
import { countFound, findLabelled, removeFound } from './leftovers.ts';
import type { RunContext } from './run-context.ts';

/**
 * How long removal may take, in milliseconds, before the run's end is reported with leftovers: at most the first, and at
 * most the second beyond the run's time limit. Then it goes on by itself, and the reaper looks after it.
 */
const longestRemoval = 30_000;
const lateRemoval = 4000;

/** @param left milliseconds until the run's time limit */
export function removalPatience(left: number): number {
  return Math.min(longestRemoval, left + lateRemoval);
}

/** How long removal waits for a look at what volumes hold, in milliseconds. */
const readLimit = 2000;

/**
 * Removes what the run made, then what calls that were under way still made: removing the containers lets those calls
 * end.
 * @param patience milliseconds to wait for it
 * @returns how many objects are left, -1 where the engine could not tell
 */
export async function removeEverything(
  context: RunContext,
  undo: readonly (() => Promise<void>)[],
  patience: number,
): Promise<number> {
  const { docker } = context.engine;
  const removal = async () => {
    // A call that ends while the engine lists the run's objects can have made one that is not on the list.
    const underWay = [...context.underWay];
    await Promise.race([context.mountGuard.settled(), sleep(readLimit, undefined, { ref: false })]);
    const find = () => findLabelled(docker, 'run', context.runId);
    const remove = () => severalTimes(async () => removeFound(docker, await find()));
    try {
      await remove();
      if (underWay.length > 0) {
        await Promise.all(underWay);
        await remove();
      }
    } finally {
      await Promise.all(undo.map((action) => action()));
    }
    return countFound(await severalTimes(find));
  };
  const gaveUp = new AbortController();
  try {
    return await Promise.race([removal(), sleep(patience, -1, { signal: gaveUp.signal })]);
  } catch {
    return -1;
  } finally {
    gaveUp.abort();
  }
}

/** How often what failed is tried, and the milliseconds between: an engine that was busy may not be a moment later. */
const removalTries = 3;
const betweenTries = 250;

async function severalTimes<Value>(action: () => Promise<Value>): Promise<Value> {
  for (let left = removalTries - 1; ; left--) {
    try {
      return await action();
    } catch (error) {
      if (left === 0) throw error;
      await sleep(betweenTries);
    }
  }
}
