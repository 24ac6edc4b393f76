import type { Engine } from './engine.ts';
import { AnswerUnreadable } from './engine-answer.ts';
import { keepLooking } from './keep-looking.ts';
import { engineGone, type SandboxError } from './sandbox-error.ts';

/** Milliseconds between looks at the engine, for how long one may go unanswered, and how many may fail in a row. */
const looks = { interval: 1000, patience: 5000, tries: 3 } as const;

/**
 * Looks at the engine from time to time while a run uses it, since a request that was cut off when the engine died may
 * never settle.
 * @param gone called once when it no longer answers
 */
export function watchEngine(engine: Engine, gone: (error: SandboxError) => void): { stop(): void } {
  return keepLooking({
    ...looks,
    async look() {
      const answer: unknown = await engine.docker.ping();
      if (!String(answer).includes('OK')) throw new AnswerUnreadable('it is not what engines say when they are well');
      return true;
    },
    failed: (cause) => gone(engineGone(engine.address, cause)),
  });
}
