import type { Store } from '../store/store.ts';
import { normaliseQuestion } from './normalise-question.ts';
import type { Answer } from './reply.ts';

/** Where a question was asked, and by whom, as the store names them. */
export interface Asking {
  readonly team: string;
  readonly place: string;
  readonly person: string;
  /** What tells the question apart within its place. */
  readonly event: string;
}

/**
 * Keeps a question that the book could not answer. Choices count once nobody has taken one for a while, so they are
 * kept at once and forgotten when one is taken.
 * @throws StoreUnavailable
 */
export function noteGap({ gaps }: Pick<Store, 'gaps'>, { question, reply }: Answer, asking: Asking, at: number): void {
  if (reply.kind !== 'unknown' && reply.kind !== 'choices') return;
  const nearest = reply.actions.flatMap((action) => (action.type === 'show-entry' ? [action.entry] : []));
  const kind = reply.kind === 'unknown' ? 'unknown' : 'no-choice';
  gaps.add({ ...asking, question, normalised: normaliseQuestion(question), kind, nearest, at });
}

/** Forgets the gap of a question that was answered after all. @throws StoreUnavailable */
export function forgetGap({ gaps }: Pick<Store, 'gaps'>, { team, place, event }: Omit<Asking, 'person'>): void {
  gaps.remove(team, place, event);
}
