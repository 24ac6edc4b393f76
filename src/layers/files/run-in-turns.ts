import { setImmediate } from 'node:timers/promises';

/** Others wait no longer than this while a big image is worked out. */
const turnMilliseconds = 15;

/**
 * Runs a long calculation, which yields now and then, and lets others have their turn.
 * @throws the signal's reason where it is aborted
 */
export async function runInTurns<T>(work: Generator<void, T, undefined>, signal?: AbortSignal): Promise<T> {
  for (;;) {
    const start = performance.now();
    while (performance.now() - start < turnMilliseconds) {
      const step = work.next();
      if (step.done) return step.value;
    }
    signal?.throwIfAborted();
    await setImmediate();
  }
}
