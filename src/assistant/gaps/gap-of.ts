import type { NewGap } from '../../store/gaps.ts';
import type { Asking, Said } from '../conversations.ts';
import { asksSomething } from './asks-something.ts';
import { normaliseQuestion } from './normalise-question.ts';

/**
 * What the book lacks, as an answer shows it. Choices count once nobody has taken one for a while, so they are kept at
 * once and forgotten when one is taken.
 * @param at milliseconds since 1970
 * @returns null where the book had an answer, or nothing was asked
 */
export function gapOf({ question, reply }: Said, asking: Asking, at: number): NewGap | null {
  if (reply.kind !== 'unknown' && reply.kind !== 'choices') return null;
  if (!asksSomething(question)) return null;
  const nearest = reply.actions.flatMap((action) => (action.type === 'show-entry' ? [action.entry] : []));
  const kind = reply.kind === 'unknown' ? 'unknown' : 'no-choice';
  return { ...asking, question, normalised: normaliseQuestion(question), kind, nearest, at };
}
