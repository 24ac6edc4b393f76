import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from './engine.ts';
import { engineGone, type SandboxError } from './sandbox-error.ts';

/** Milliseconds between looks at the engine, and for how long one may go unanswered. */
const interval = 1000;
const patience = 10_000;

function unanswered(): never {
  throw new Error(`no answer within ${patience / 1000} s`);
}

/**
 * Looks at the engine from time to time while a run uses it, since a request that was cut off when the engine died may
 * never settle.
 * @param gone called once when it no longer answers
 */
export function watchEngine(engine: Engine, gone: (error: SandboxError) => void): { stop(): void } {
  const stopped = new AbortController();
  const watch = async () => {
    while (!stopped.signal.aborted) {
      await sleep(interval, undefined, { signal: stopped.signal, ref: false });
      await Promise.race([engine.docker.ping(), sleep(patience, undefined, { ref: false }).then(unanswered)]);
    }
  };
  watch().catch((cause: unknown) => {
    if (!stopped.signal.aborted) gone(engineGone(engine.address, cause));
  });
  return { stop: () => stopped.abort() };
}
