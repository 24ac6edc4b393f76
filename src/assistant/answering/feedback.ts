import type { Store } from '../../store/store.ts';
import type { Vote, VoteKey } from '../../store/votes.ts';
import { normaliseQuestion } from '../gaps/normalise-question.ts';

/** The longest reason that is kept, in characters. */
export const longestReason = 1000;

/**
 * Keeps a vote, the person's only one on the reply. While somebody finds a reply not helpful, its question is a gap.
 * @returns false where a later vote of the person counts
 * @throws StoreUnavailable if the vote is not kept
 */
export async function castVote({ votes }: Pick<Store, 'votes'>, vote: Omit<Vote, 'reason'>): Promise<boolean> {
  const { team, place, message, person, question, entry, at } = vote;
  return votes.put(vote, {
    ...{ team, place, event: message, person, question, at },
    normalised: normaliseQuestion(question),
    kind: 'voted-down',
    nearest: entry === '' ? [] : [entry],
  });
}

/**
 * Adds the reason to a vote against a reply.
 * @returns false if the person does not vote against it any more, and the reason is not kept
 * @throws StoreUnavailable
 */
export async function giveReason({ votes }: Pick<Store, 'votes'>, key: VoteKey, reason: string): Promise<boolean> {
  const own = (await votes.forMessage(key.team, key.place, key.message)).find(({ person }) => person === key.person);
  return own?.vote === 'not-helpful' && votes.setReason(key, reason.slice(0, longestReason).toWellFormed());
}
