import { AnswerUnreadable } from './engine-answer.ts';
import { SandboxError, statusOf } from './sandbox-error.ts';

/** From here on a status tells of a failure of whoever answered; engines refuse with these too. */
const failing = 500;

/**
 * Does what the engine may refuse. A refusal whose status could as well tell of a failure counts only where the engine
 * gives it a second time, word for word: anything between may have failed instead.
 * @returns what came of it, or the engine's own sentence
 * @throws SandboxError for everything that is no refusal
 */
export async function untilRefused<Value>(
  act: () => Promise<Value>,
): Promise<{ readonly value: Value } | { readonly refusal: string }> {
  const first = await refusalOf(act);
  if ('value' in first || first.status < failing) return first;
  const second = await refusalOf(act);
  if ('refusal' in second && second.refusal === first.refusal) return second;
  const cause = new AnswerUnreadable('a refusal did not come a second time');
  throw new SandboxError(
    'engine-unreadable',
    `The engine's answer could not be read: ${cause.message}: ${first.refusal}`,
    { cause },
  );
}

async function refusalOf<Value>(
  act: () => Promise<Value>,
): Promise<{ readonly value: Value } | { readonly refusal: string; readonly status: number }> {
  try {
    return { value: await act() };
  } catch (error) {
    const status = statusOf(error);
    if (!(error instanceof SandboxError) || status === null) throw error;
    return { refusal: error.message, status };
  }
}
