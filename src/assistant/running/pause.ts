/** Waits for leave to take a step; the signal is aborted when it has waited long enough. */
export type BeforeStep = (index: number, title: string, signal: AbortSignal) => Promise<void>;

/** Seconds that a run may wait for leave in all. After that it goes on by itself. */
export const longestPause = 120;

/**
 * Bounds what a run that goes step by step waits: all its waits together, and the end of the run.
 * @param seconds for all waits together
 * @param signal ends the run
 */
export function boundPauses(beforeStep: BeforeStep, seconds: number, signal: AbortSignal) {
  let left = seconds * 1000;
  return async (index: number, title: string): Promise<void> => {
    if (left <= 0 || signal.aborted) return;
    const started = performance.now();
    const bound = AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(left))]);
    const over = new Promise<void>((resolve) => bound.addEventListener('abort', () => resolve(), { once: true }));
    await Promise.race([beforeStep(index, title, bound), over]);
    left -= performance.now() - started;
  };
}
