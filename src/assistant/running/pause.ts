import type { BeforeStep } from '../assistant.ts';

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
