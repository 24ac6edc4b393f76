import type { Gap } from '../store/gaps.ts';
import type { Store } from '../store/store.ts';
import type { Asking } from './gap-of.ts';
import { normaliseQuestion } from './normalise-question.ts';

/** Passes a question on to a person. */
export interface Escalation {
  readonly asking: Asking;
  /** The question as far as it is known here; the whole one is kept with its gap. */
  readonly question: string;
  readonly nearest: readonly string[];
  readonly at: number;
  readonly permalink: string | null;
}

/**
 * Marks a question as passed on, for whoever then does it.
 * @param pass passes the question on
 * @returns false if it was passed on before, and nothing is done
 * @throws StoreUnavailable, and what `pass` throws; then it can be tried again
 */
export async function escalateGap(
  { gaps }: Pick<Store, 'gaps'>,
  { asking, question, nearest, at, permalink }: Escalation,
  pass: (gap: Gap) => Promise<void>,
): Promise<boolean> {
  const { team } = asking;
  const normalised = normaliseQuestion(question);
  const { id } = await gaps.add({ ...asking, question, normalised, kind: 'escalated', nearest: [...nearest], at });
  if (!(await gaps.escalate(team, id, { at, permalink }))) return false;
  const gap = await gaps.get(team, id);
  try {
    if (gap !== null) await pass(gap);
  } catch (error) {
    await gaps.withdraw(team, id);
    throw error;
  }
  return true;
}
