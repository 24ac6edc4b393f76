import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds that an answer waits for the store: it usually needs one, and more where another process holds it. */
const patience = 500;

/**
 * Waits for work, and goes on without it where it takes longer than a moment; the work goes on meanwhile.
 * @param work handles its own failure
 * @param otherwise what counts as its result where it takes longer
 */
export function soon<Result>(work: Promise<Result>, otherwise: Result): Promise<Result> {
  return Promise.race([work, sleep(patience, otherwise, { ref: false })]);
}
