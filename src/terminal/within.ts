import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';

/**
 * Waits for something that has to end, but not for ever. What fails, or takes longer, is told in the log.
 * @param most milliseconds
 * @param what names it there
 */
export async function within(most: number, what: string, work: Promise<unknown>, log: Logger): Promise<void> {
  const done = new AbortController();
  const ended = work
    .then(() => true)
    .catch((error: unknown) => {
      log.error({ what, error }, 'something failed at the end');
      return true;
    })
    .finally(() => done.abort());
  const late = sleep(most, false, { signal: done.signal }).catch(() => true);
  if (!(await Promise.race([ended, late]))) log.warn({ what }, 'something took too long at the end, and is given up');
}
