import { z } from 'zod';
import { type Database, patience } from './database.ts';

const claimRow = z.object({ week: z.int(), at: z.int() });
const timeRow = z.object({ at: z.int().nullable() });

/** A weekly report that somebody took on to post. */
export type DigestClaim = Readonly<z.output<typeof claimRow>>;

/** Which weekly reports were posted, so that each is posted once and none is lost. Every method throws StoreUnavailable. */
export interface Digests {
  /**
   * Takes a week's report on.
   * @param at milliseconds since 1970, until which the report counts
   * @returns true exactly once, across all processes on the file, unless it is given back
   */
  claim(team: string, week: number, at: number): Promise<boolean>;
  /** Gives a week's report back that was not posted, so that it can be taken on again. */
  release(team: string, claim: DigestClaim): Promise<void>;
  /** Notes what became of a claim. A report of which nobody can tell is not posted again. */
  settle(team: string, claim: DigestClaim, state: 'posted' | 'unclear'): Promise<void>;
  /** Claims from before a time, whose process died without a word. */
  abandoned(team: string, before: number): Promise<readonly DigestClaim[]>;
  /** Until when questions were reported last; null where none ever were. */
  reportedUntil(team: string): Promise<number | null>;
}

const open = "team = :team AND week = :week AND at = :at AND state = 'claimed'";

/** Makes the weekly reports of an open store. */
export function createDigests(database: Database): Digests {
  return {
    claim: (team, week, at) =>
      database.write(
        (file) =>
          file.run("INSERT OR IGNORE INTO digests (team, week, state, at) VALUES (:team, :week, 'claimed', :at)", {
            ...{ team, week, at },
          }) === 1,
      ),
    release: (team, { week, at }) =>
      database.write(
        (file) => void file.run(`DELETE FROM digests WHERE ${open}`, { team, week, at }),
        patience.unhurried,
      ),
    settle: (team, { week, at }, state) =>
      database.write(
        (file) => void file.run(`UPDATE digests SET state = :state WHERE ${open}`, { team, week, at, state }),
        patience.unhurried,
      ),
    abandoned: (team, before) =>
      database.read((file) =>
        file.rows(
          claimRow,
          "SELECT week, at FROM digests WHERE team = :team AND state = 'claimed' AND at < :before ORDER BY week",
          { team, before },
        ),
      ),
    reportedUntil: (team) =>
      database.read(
        (file) =>
          file.row(timeRow, "SELECT max(at) AS at FROM digests WHERE team = :team AND state = 'posted'", { team })
            ?.at ?? null,
      ),
  };
}
