import type { Store } from '../../store/store.ts';
import type { HumanRequest } from '../open-questions.ts';
import { normaliseQuestion } from './normalise-question.ts';

/** Questions that one person passes on in an hour at most: whoever gets them has other things to do too. */
const mostAnHour = 5;
const hour = 60 * 60_000;

/**
 * Marks a question as passed on, for whoever then does it.
 * @param pass passes the question on
 * @returns what became of it: only where it was passed on was anything done
 * @throws StoreUnavailable, and what `pass` throws; then it can be tried again
 */
export async function escalateGap(
  { gaps }: Pick<Store, 'gaps'>,
  { asking, question, nearest, at, permalink }: HumanRequest,
  pass: (question: string) => Promise<void>,
): Promise<'passed' | 'before' | 'too-often'> {
  const { team } = asking;
  const normalised = normaliseQuestion(question);
  const { id, added } = await gaps.add({
    ...asking,
    question,
    normalised,
    kind: 'escalated',
    nearest: [...nearest],
    at,
  });
  const limit = { since: at - hour, most: mostAnHour };
  const became = await gaps.escalate(team, id, { by: asking.person, at, permalink, limit });
  if (became === 'too-often' && added) await gaps.remove(team, asking.place, asking.event);
  if (became !== 'passed') return became;
  const gap = await gaps.get(team, id);
  try {
    if (gap !== null) await pass(gap.question);
  } catch (error) {
    await gaps.withdraw(team, id);
    throw error;
  }
  return became;
}
