import type { Vote, VoteKey } from '../store/votes.ts';

export type { VoteKey };

/** A vote before a reason is given. */
export type NewVote = Omit<Vote, 'reason'>;

/** What people say of answers. Each throws StoreUnavailable. */
export interface Voting {
  /**
   * Keeps a vote, the person's only one on the reply. While somebody finds a reply not helpful, its question is a gap.
   * @returns false where a later vote of the person counts
   */
  cast(vote: NewVote): Promise<boolean>;
  /**
   * Adds the reason to a vote against a reply.
   * @returns false if the person does not vote against it any more, and the reason is not kept
   */
  giveReason(vote: VoteKey, reason: string): Promise<boolean>;
}
