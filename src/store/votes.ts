import { z } from 'zod';
import type { Database } from './database.ts';
import { addGap, type NewGap, removeGap } from './gaps.ts';

const voteRow = z.object({
  team: z.string(),
  /** Where the reply stands. */
  place: z.string(),
  /** The reply voted on; with its place it is unique in its team. */
  message: z.string(),
  person: z.string(),
  question: z.string(),
  /** The entry that the reply showed. */
  entry: z.string(),
  vote: z.enum(['helpful', 'not-helpful']),
  /** In the voter's words; null where none was given. */
  reason: z.string().nullable(),
  /** Milliseconds since 1970. */
  at: z.int(),
});

/** One person's vote on one reply. */
export type Vote = Readonly<z.output<typeof voteRow>>;

/** Which reply, and whose vote. */
export type VoteKey = Pick<Vote, 'team' | 'place' | 'message' | 'person'>;

/** Votes on replies: one a person and reply. Every method throws StoreUnavailable. */
export interface Votes {
  /**
   * Keeps a vote. It replaces the person's earlier vote on the reply, and is ignored if it is older than that. A reason
   * stays as long as the vote stays the same. With it goes the reply's gap: it is there while anybody votes against it.
   * @param gap what the gap is, where this vote makes the reply one
   * @returns false where a later vote of the person counts
   */
  put(vote: Omit<Vote, 'reason'>, gap?: NewGap): Promise<boolean>;
  /** Adds the reason to a vote. @returns false if there is no such vote */
  setReason(key: VoteKey, reason: string): Promise<boolean>;
  /** The votes on one reply, oldest first. */
  forMessage(team: string, place: string, message: string): Promise<Vote[]>;
}

/** Makes the votes of an open store. */
export function createVotes(database: Database): Votes {
  return {
    put: ({ team, place, message, person, question, entry, vote, at }, gap) =>
      database.write((file) => {
        const kept = file.run(
          `INSERT INTO votes (team, place, message, person, question, entry, vote, reason, at)
           VALUES (:team, :place, :message, :person, :question, :entry, :vote, NULL, :at)
           ON CONFLICT DO UPDATE SET question = excluded.question, entry = excluded.entry,
             reason = CASE WHEN votes.vote = excluded.vote THEN votes.reason END,
             vote = excluded.vote, at = excluded.at
           WHERE excluded.at >= votes.at`,
          { team, place, message, person, question, entry, vote, at },
        );
        if (kept === 0 || gap === undefined) return kept === 1;
        const against = file.row(
          z.object({ people: z.int() }),
          `SELECT count(*) AS people FROM votes
           WHERE team = :team AND place = :place AND message = :message AND vote = 'not-helpful'`,
          { team, place, message },
        );
        if ((against?.people ?? 0) > 0) addGap(file, gap);
        else removeGap(file, team, place, message);
        return true;
      }),
    setReason: ({ team, place, message, person }, reason) =>
      database.write((file) => {
        const changed = file.run(
          `UPDATE votes SET reason = :reason
           WHERE team = :team AND place = :place AND message = :message AND person = :person`,
          { team, place, message, person, reason },
        );
        return changed === 1;
      }),
    forMessage: (team, place, message) =>
      database.read((file) =>
        file.rows(
          voteRow,
          `SELECT * FROM votes WHERE team = :team AND place = :place AND message = :message ORDER BY at, person`,
          { team, place, message },
        ),
      ),
  };
}
