import { setTimeout as sleep } from 'node:timers/promises';
import { EngineSilent } from './engine-answer.ts';
import { untilAborted } from './until-aborted.ts';

/** How something is looked at from time to time. */
export interface Looks {
  /** Milliseconds between two looks. */
  readonly interval: number;
  /** Milliseconds that one look may take. */
  readonly patience: number;
  /** How many looks may fail one after the other. */
  readonly tries: number;
  /** Looks once; the signal is aborted when that has taken too long. @returns whether to look again */
  readonly look: (signal: AbortSignal) => Promise<boolean>;
  /** Called once, when so many looks failed: nobody knows how it stands, so it must not go on. */
  readonly failed: (cause: unknown) => void;
}

/** Milliseconds after a failed look, where the interval is not shorter. */
const againAfter = 250;

/** Keeps looking until it is stopped. A look that fails is tried again, so that no watch ends unnoticed. */
export function keepLooking({ interval, patience, tries, look, failed }: Looks): { stop(): void } {
  const stopped = new AbortController();
  const { signal } = stopped;

  async function lookOnce(): Promise<boolean> {
    const late = AbortSignal.timeout(patience);
    const bound = AbortSignal.any([signal, late]);
    try {
      return await untilAborted(bound, look(bound));
    } catch (error) {
      throw late.aborted ? new EngineSilent(`no answer within ${patience / 1000} s`) : error;
    }
  }

  async function watch(): Promise<void> {
    let failures = 0;
    for (let goOn = true; goOn; ) {
      await sleep(failures === 0 ? interval : Math.min(interval, againAfter), undefined, { signal, ref: false });
      try {
        goOn = await lookOnce();
        failures = 0;
      } catch (error) {
        if (signal.aborted) return;
        if (++failures >= tries) throw error;
      }
    }
  }

  watch().catch((cause: unknown) => {
    if (!signal.aborted) failed(cause);
  });
  return { stop: () => stopped.abort() };
}
