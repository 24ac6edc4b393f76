import { z } from 'zod';
import { type Database, patience, type Statements } from './database.ts';

const closedRow = z.object({ right: z.int().nullable() });
const pollRow = z.object({
  demo: z.string(),
  /** Who opened it. */
  asker: z.string(),
  /** The channel in which it was asked for, which permissions go by. */
  askedIn: z.string(),
  /** Until when only whoever opened it runs it, in milliseconds since 1970. */
  until: z.int(),
  /** The thread in which its demo is shown; null for one that an earlier version opened. */
  thread: z.string().nullable(),
});
const leftRow = pollRow.extend({ team: z.string(), poll: z.string(), right: z.int().nullable() });
const guessRow = z.object({ person: z.string(), option: z.int() });
const countRow = z.object({ option: z.int(), people: z.int() });
const totalsRow = z.object({ people: z.int(), right: z.int() });

/** One person's guess in a poll. */
export interface Prediction {
  readonly team: string;
  /** Names the poll within its team: one showing of a demo's question. */
  readonly poll: string;
  readonly demo: string;
  readonly person: string;
  /** The option's place in the demo's question, from 0. */
  readonly option: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A poll that was opened for people to guess in. */
export type OpenPoll = Readonly<z.output<typeof pollRow>>;

/** A poll that a process left before its end: open (`right` is null), or with people who were not told how they did. */
export type LeftPoll = Readonly<z.output<typeof leftRow>>;

/** What somebody guessed. */
export type Guess = Readonly<z.output<typeof guessRow>>;

/** How a poll stands. */
export interface Tally {
  /** The options that somebody chose, in the question's order. */
  readonly options: readonly Readonly<z.output<typeof countRow>>[];
  /** The right option once the poll is closed; null before. */
  readonly right: number | null;
}

/** How many predictions were made in closed polls, and how many of them were right. */
export type PredictionTotals = Readonly<z.output<typeof totalsRow>>;

/** What people guess before demos run: one guess a person and poll. Every method throws StoreUnavailable. */
export interface Predictions {
  /** Keeps that a poll was opened. @param at milliseconds since 1970 */
  open(poll: Pick<Prediction, 'team' | 'poll' | 'at'> & OpenPoll): Promise<void>;
  /** A poll that was opened; null where none of that name was. */
  find(team: string, poll: string): Promise<OpenPoll | null>;
  /** Lets anybody run a poll from a time on. */
  setUntil(team: string, poll: string, until: number): Promise<void>;
  /** Keeps a guess; a later one replaces it until the poll is closed. @returns false if the poll is closed */
  put(prediction: Prediction): Promise<boolean>;
  /** How a poll stands. A poll that nobody took part in is open and empty. */
  tally(team: string, poll: string): Promise<Tally>;
  /** Closes a poll, once; its guesses then stay. @returns false if it was closed before */
  close(poll: Pick<Prediction, 'team' | 'poll' | 'demo' | 'at'> & { readonly right: number }): Promise<boolean>;
  /**
   * Takes the guesses of a closed poll of which nobody was told yet, each once: whoever takes them tells.
   * @returns none while the poll is open
   */
  takeUntold(team: string, poll: string, most: number): Promise<Guess[]>;
  /** The polls that were opened since a time, in milliseconds since 1970, and left before their end. */
  left(since: number): Promise<LeftPoll[]>;
  /** How a team guessed in all closed polls of a demo. */
  totals(team: string, demo: string): Promise<PredictionTotals>;
}

/** Makes the predictions of an open store. */
export function createPredictions(database: Database): Predictions {
  return { ...pollsOf(database), ...guessesOf(database) };
}

function pollsOf(database: Database): Pick<Predictions, 'open' | 'find' | 'setUntil' | 'close' | 'left'> {
  return {
    open: ({ team, poll, demo, asker, askedIn, until, thread, at }) =>
      database.write((file) => {
        file.run(
          `INSERT INTO polls (team, poll, demo, asker, asked_in, until, thread, at)
           VALUES (:team, :poll, :demo, :asker, :askedIn, :until, :thread, :at) ON CONFLICT DO NOTHING`,
          { team, poll, demo, asker, askedIn, until, thread, at },
        );
      }),
    find: (team, poll) =>
      database.read((file) =>
        file.row(
          pollRow,
          `SELECT demo, asker, asked_in AS askedIn, until, thread FROM polls
           WHERE team = :team AND poll = :poll AND asker IS NOT NULL`,
          { team, poll },
        ),
      ),
    setUntil: (team, poll, until) =>
      database.write((file) => {
        file.run('UPDATE polls SET until = :until WHERE team = :team AND poll = :poll', { team, poll, until });
      }),
    close: ({ right, ...poll }) =>
      database.write((file) => {
        ensurePoll(file, poll);
        const closed = file.run(
          `UPDATE polls SET right_option = :right WHERE team = :team AND poll = :poll AND right_option IS NULL`,
          { team: poll.team, poll: poll.poll, right },
        );
        return closed === 1;
      }, patience.unhurried),
    left: (since) =>
      database.read((file) =>
        file.rows(
          leftRow,
          `SELECT team, poll, demo, asker, asked_in AS askedIn, until, thread, right_option AS right FROM polls
           WHERE asker IS NOT NULL AND thread IS NOT NULL AND at >= :since AND (right_option IS NULL OR EXISTS (
             SELECT 1 FROM predictions WHERE predictions.team = polls.team AND predictions.poll = polls.poll AND told = 0
           )) ORDER BY at`,
          { since },
        ),
      ),
  };
}

function guessesOf(database: Database): Pick<Predictions, 'put' | 'tally' | 'takeUntold' | 'totals'> {
  return {
    put: (prediction) =>
      database.write((file) => {
        ensurePoll(file, prediction);
        const { team, poll, person, option, at } = prediction;
        if (rightOption(file, team, poll) !== null) return false;
        file.run(
          `INSERT INTO predictions (team, poll, person, option, at) VALUES (:team, :poll, :person, :option, :at)
           ON CONFLICT DO UPDATE SET option = excluded.option, at = excluded.at WHERE excluded.at >= predictions.at`,
          { team, poll, person, option, at },
        );
        return true;
      }),
    tally: (team, poll) =>
      database.read((file) => {
        const options = file.rows(
          countRow,
          `SELECT option, count(*) AS people FROM predictions WHERE team = :team AND poll = :poll
           GROUP BY option ORDER BY option`,
          { team, poll },
        );
        return { options, right: rightOption(file, team, poll) };
      }),
    takeUntold: (team, poll, most) =>
      database.write((file) => {
        if (rightOption(file, team, poll) === null) return [];
        const guesses = file.rows(
          guessRow,
          `SELECT person, option FROM predictions WHERE team = :team AND poll = :poll AND told = 0
           ORDER BY at LIMIT :most`,
          { team, poll, most },
        );
        for (const { person } of guesses)
          file.run('UPDATE predictions SET told = 1 WHERE team = :team AND poll = :poll AND person = :person', {
            ...{ team, poll, person },
          });
        return guesses;
      }, patience.unhurried),
    totals: (team, demo) =>
      database.read((file) => {
        const totals = file.row(
          totalsRow,
          `SELECT count(*) AS people, coalesce(sum(option = right_option), 0) AS right
           FROM predictions JOIN polls USING (team, poll)
           WHERE team = :team AND demo = :demo AND right_option IS NOT NULL`,
          { team, demo },
        );
        return totals ?? { people: 0, right: 0 };
      }),
  };
}

function ensurePoll(file: Statements, poll: Pick<Prediction, 'team' | 'poll' | 'demo' | 'at'>): void {
  const { team, poll: name, demo, at } = poll;
  file.run('INSERT INTO polls (team, poll, demo, at) VALUES (:team, :name, :demo, :at) ON CONFLICT DO NOTHING', {
    ...{ team, name, demo, at },
  });
}

function rightOption(file: Statements, team: string, poll: string): number | null {
  const found = file.row(closedRow, 'SELECT right_option AS right FROM polls WHERE team = :team AND poll = :poll', {
    ...{ team, poll },
  });
  return found?.right ?? null;
}
