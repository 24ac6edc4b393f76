import { z } from 'zod';
import { type Database, patience, type Statements, type Values } from './database.ts';
import { jsonObject, jsonOf } from './json-text.ts';

const startFields = {
  runId: z.string(),
  team: z.string(),
  demo: z.string(),
  person: z.string(),
  place: z.string(),
  /** Where it was asked for: `slack`, `terminal`. */
  surface: z.string(),
  /** The process that carries it out, in words by which a later process can tell whether it still runs. */
  process: z.string(),
  /** Milliseconds since 1970. */
  startedAt: z.int(),
};
const outcomes = z.enum(['held', 'refuted', 'failed', 'stopped', 'interrupted']);
const messageFields = { channel: z.string().nullable(), ts: z.string().nullable() };
const runRow = z
  .object({
    ...startFields,
    ...messageFields,
    endedAt: z.int().nullable(),
    outcome: outcomes.nullable(),
    receipt: jsonOf(jsonObject).nullable(),
  })
  .transform(({ channel, ts, ...run }) => ({
    ...run,
    message: channel === null || ts === null ? null : { channel, ts },
  }));

const detailsRow = z.object({ details: jsonOf(jsonObject) });

/** How a run is on record before it ends. */
export type RunStart = Readonly<z.output<z.ZodObject<typeof startFields>>>;

/** How a run ended; `interrupted` where its process died. */
export interface RunEnd {
  readonly outcome: z.output<typeof outcomes>;
  /** The report's receipt; null where the run never came to one. */
  readonly receipt: object | null;
  /** Milliseconds since 1970. */
  readonly endedAt: number;
}

/** The message that shows a run. */
export interface RunMessage {
  readonly channel: string;
  readonly ts: string;
}

/** A run on record. What has not happened yet is null: the end, its outcome and receipt, the message. */
export type RunRecord = Readonly<z.output<typeof runRow>>;

/** Whose runs to count. Ids of people and places are unique across teams. */
export type RunScope = { readonly team: string } | { readonly person: string } | { readonly place: string };

/** How many runs of a team may start since a time, in milliseconds since 1970. */
export interface RunBudget {
  readonly since: number;
  readonly most: number;
}

/**
 * The audit record of demo runs. It only grows: a start, a message and an end are rows of their own, and triggers in
 * the file refuse to change or remove them. Only `prune` and `deleteTeam` remove rows. Every method throws
 * StoreUnavailable.
 */
export interface Runs {
  /**
   * Records that a run starts, unless as many of its team have started since a time as its budget allows: counted and
   * recorded in one go, so that runs that are asked for at once do not all find the last place free.
   * @returns false if the budget is spent, and nothing is recorded
   * @throws StoreRefused if its id is on record already
   */
  open(run: RunStart, budget?: RunBudget): Promise<boolean>;
  /** Records which message shows the run, once. @returns false if the run is unknown or has a message */
  noteMessage(runId: string, message: RunMessage): Promise<boolean>;
  /** Records how a run ended, once. @returns false if the run is unknown or ended before */
  close(runId: string, end: RunEnd): Promise<boolean>;
  /**
   * Keeps what a run showed, once. It is no part of the audit record, and goes sooner.
   * @param details JSON that the store does not look into
   * @param at milliseconds since 1970
   * @returns false if the run is unknown or its details are kept
   */
  keepDetails(runId: string, details: object, at: number): Promise<boolean>;
  /** What a run of a team showed; null where nothing of it is kept. */
  details(team: string, runId: string): Promise<object | null>;
  /** The runs without an end, oldest first. Those of a living `process` are under way; the others were interrupted. */
  unfinished(): Promise<RunRecord[]>;
  /** All runs that started since a time, newest first. */
  since(time: number): Promise<RunRecord[]>;
  /** How many runs started since a time, for a budget. */
  countSince(scope: RunScope, since: number): Promise<number>;
}

const selection = `SELECT start.run AS runId, start.team, start.demo, start.person, start.place, start.surface,
    start.process, start.at AS startedAt, message.channel, message.ts,
    ending.at AS endedAt, ending.outcome, ending.receipt
  FROM run_starts AS start
  LEFT JOIN run_messages AS message ON message.run = start.run
  LEFT JOIN run_ends AS ending ON ending.run = start.run`;

/** Makes the audit record of an open store. */
export function createRuns(database: Database): Runs {
  const select = (condition: string, values: Values = {}) =>
    database.read((file) => file.rows(runRow, `${selection} ${condition}`, values));
  return {
    open: ({ runId, team, demo, person, place, surface, process, startedAt }, budget) =>
      database.write((file) => {
        if (budget !== undefined && countRuns(file, { team }, budget.since) >= budget.most) return false;
        file.run(
          `INSERT INTO run_starts (run, team, demo, person, place, surface, process, at)
           VALUES (:runId, :team, :demo, :person, :place, :surface, :process, :startedAt)`,
          { runId, team, demo, person, place, surface, process, startedAt },
        );
        return true;
      }),
    noteMessage: (runId, { channel, ts }) =>
      database.write((file) => {
        const added = file.run(
          `INSERT INTO run_messages (run, channel, ts) SELECT run, :channel, :ts FROM run_starts
           WHERE run = :runId AND run NOT IN (SELECT run FROM run_messages WHERE run = :runId)`,
          { runId, channel, ts },
        );
        return added === 1;
      }, patience.unhurried),
    close: (runId, { outcome, receipt, endedAt }) =>
      database.write((file) => {
        const added = file.run(
          `INSERT INTO run_ends (run, outcome, receipt, at) SELECT run, :outcome, :receipt, :endedAt FROM run_starts
           WHERE run = :runId AND run NOT IN (SELECT run FROM run_ends WHERE run = :runId)`,
          { runId, outcome, receipt: receipt === null ? null : JSON.stringify(receipt), endedAt },
        );
        return added === 1;
      }, patience.unhurried),
    keepDetails: (runId, details, at) =>
      database.write((file) => {
        const added = file.run(
          `INSERT INTO run_details (run, team, details, at) SELECT run, team, :details, :at FROM run_starts
           WHERE run = :runId ON CONFLICT DO NOTHING`,
          { runId, details: JSON.stringify(details), at },
        );
        return added === 1;
      }, patience.unhurried),
    details: (team, runId) =>
      database.read((file) => {
        const found = file.row(detailsRow, 'SELECT details FROM run_details WHERE run = :runId AND team = :team', {
          runId,
          team,
        });
        return found?.details ?? null;
      }),
    unfinished: () => select('WHERE ending.run IS NULL ORDER BY start.sequence'),
    since: (time) => select('WHERE start.at >= :time ORDER BY start.at DESC, start.sequence DESC', { time }),
    countSince: (scope, since) => database.read((file) => countRuns(file, scope, since)),
  };
}

function countRuns(file: Statements, scope: RunScope, since: number): number {
  const [column, value] = scopeColumn(scope);
  const counted = file.row(
    z.object({ runs: z.int() }),
    `SELECT count(*) AS runs FROM run_starts WHERE ${column} = :value AND at >= :since`,
    { value, since },
  );
  return counted?.runs ?? 0;
}

/** The column's name is one of three constants, never text from outside. */
function scopeColumn(scope: RunScope): readonly ['team' | 'person' | 'place', string] {
  if ('team' in scope) return ['team', scope.team];
  return 'person' in scope ? ['person', scope.person] : ['place', scope.place];
}
