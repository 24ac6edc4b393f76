import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Database, Statements } from './database.ts';
import { forgetHelp, type NewHelp, openHelp } from './help-requests.ts';
import { jsonOf } from './json-text.ts';

/** Milliseconds after which whoever marked a gap and has posted nothing has died. */
const longestPost = 60_000;

const gapRow = z.object({
  id: z.string(),
  team: z.string(),
  place: z.string(),
  /** What tells the event apart within its place: the message's timestamp, or the command's trigger id. */
  event: z.string(),
  person: z.string(),
  question: z.string(),
  /** The question as questions are compared, so that the same gap can be found in other words. */
  normalised: z.string(),
  /** It ended as unknown, nobody took a choice, the answer was voted down, or a person was asked. */
  kind: z.enum(['unknown', 'no-choice', 'voted-down', 'escalated']),
  /** The entries that came nearest, best first. */
  nearest: jsonOf(z.array(z.string())),
  /** Milliseconds since 1970. */
  at: z.int(),
  /** When a person was asked; null if nobody was. */
  escalatedAt: z.int().nullable(),
  /** The address of the question, for the person who was asked. */
  permalink: z.string().nullable(),
  /** When an admin said that it needs no answer; null if nobody did. */
  dismissedAt: z.int().nullable(),
});

/** A question that the knowledge lacks an answer to. */
export type Gap = Readonly<z.output<typeof gapRow>>;

/** A gap before it is kept. */
export type NewGap = Omit<Gap, 'id' | 'escalatedAt' | 'permalink' | 'dismissedAt'>;

/** An event's gap, and whether it is new. */
export interface AddedGap {
  readonly id: string;
  readonly added: boolean;
}

/** How a gap is passed on to a person. */
export interface Escalation {
  /** Who passes it on. */
  readonly by: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly permalink: string | null;
  /** Whose question it is; null where nobody can tell. */
  readonly asker: string | null;
  /** Where the answer goes. */
  readonly reply: { readonly channel: string; readonly thread: string | null };
  /** How many that person may pass on since a time, in milliseconds since 1970. */
  readonly limit: { readonly since: number; readonly most: number };
}

/** What the knowledge lacks. Every method throws StoreUnavailable. */
export interface Gaps {
  /**
   * Keeps a gap, once for each event: an event that is a gap already stays as it is.
   * @returns the id of the event's gap, and whether it is new
   */
  add(gap: NewGap): Promise<AddedGap>;
  /**
   * Marks that a person was asked, unless somebody has asked one too often.
   * @returns `passed` only the first time, so that whoever gets it posts the question; again where that process died
   *   before it had posted it
   */
  escalate(team: string, id: string, escalation: Escalation): Promise<'passed' | 'before' | 'too-often'>;
  /** Takes a gap away that is none any more, unless a person was asked. @returns false if there was none to take */
  remove(team: string, place: string, event: string): Promise<boolean>;
  /** One gap; null if the team has none of that id. */
  get(team: string, id: string): Promise<Gap | null>;
  /** Says that nobody could be asked after all, so that it can be tried again. */
  withdraw(team: string, id: string): Promise<void>;
  /** Says that gaps need no answer. @param at milliseconds since 1970 @returns how many were not dismissed before */
  dismiss(team: string, ids: readonly string[], by: string, at: number): Promise<number>;
  /** The gaps since a time, newest first: a team's, or where it is null those of all teams. */
  list(team: string | null, since: number): Promise<Gap[]>;
}

const columns = `id, team, place, event, person, question, normalised, kind, nearest, at,
  escalated_at AS escalatedAt, permalink, dismissed_at AS dismissedAt`;

/** Makes the gaps of an open store. */
export function createGaps(database: Database): Gaps {
  return {
    add: (gap) => database.write((file) => addGap(file, gap)),
    escalate: (team, id, { by, at, permalink, asker, reply, limit }) =>
      database.write((file) => {
        const passed = file.row(
          z.object({ gaps: z.int() }),
          `SELECT count(*) AS gaps FROM gaps WHERE team = :team AND escalated_by = :by AND escalated_at > :since`,
          { team, by, since: limit.since },
        );
        if ((passed?.gaps ?? 0) >= limit.most) return 'too-often';
        const changed = file.run(
          `UPDATE gaps SET escalated_at = :at, permalink = :permalink, escalated_by = :by
           WHERE team = :team AND id = :id AND (escalated_at IS NULL OR (escalated_at < :dead
             AND EXISTS (SELECT 1 FROM help_requests WHERE gap = gaps.id AND asked_ts IS NULL)))`,
          { team, id, at, permalink, by, dead: at - longestPost },
        );
        if (changed !== 1) return 'before';
        const help: NewHelp = { asker, passedBy: by, replyChannel: reply.channel, replyThread: reply.thread };
        openHelp(file, id, help);
        return 'passed';
      }),
    withdraw: (team, id) =>
      database.write((file) => {
        const changed = file.run(
          'UPDATE gaps SET escalated_at = NULL, permalink = NULL, escalated_by = NULL WHERE team = :team AND id = :id',
          { team, id },
        );
        if (changed === 1) forgetHelp(file, id);
      }),
    remove: (team, place, event) => database.write((file) => removeGap(file, team, place, event)),
    get: (team, id) =>
      database.read((file) =>
        file.row(gapRow, `SELECT ${columns} FROM gaps WHERE team = :team AND id = :id`, { team, id }),
      ),
    dismiss: (team, ids, by, at) =>
      database.write((file) => {
        let dismissed = 0;
        for (const id of ids)
          dismissed += file.run(
            `UPDATE gaps SET dismissed_at = :at, dismissed_by = :by
             WHERE team = :team AND id = :id AND dismissed_at IS NULL`,
            { team, id, by, at },
          );
        return dismissed;
      }),
    list: (team, since) =>
      database.read((file) =>
        file.rows(
          gapRow,
          `SELECT ${columns} FROM gaps WHERE (:team IS NULL OR team = :team) AND at >= :since
           ORDER BY at DESC, rowid DESC`,
          { team, since },
        ),
      ),
  };
}

/** Keeps a gap as `Gaps.add` does, within a unit of work. */
export function addGap(
  file: Statements,
  { team, place, event, person, question, normalised, kind, nearest, at }: NewGap,
): AddedGap {
  const id = randomUUID();
  const added = file.run(
    `INSERT INTO gaps (id, team, place, event, person, question, normalised, kind, nearest, at)
     VALUES (:id, :team, :place, :event, :person, :question, :normalised, :kind, :nearest, :at)
     ON CONFLICT (team, place, event) DO NOTHING`,
    { id, team, place, event, person, question, normalised, kind, nearest: JSON.stringify(nearest), at },
  );
  if (added === 1) return { id, added: true };
  const known = file.row(
    z.object({ id: z.string() }),
    'SELECT id FROM gaps WHERE team = :team AND place = :place AND event = :event',
    { team, place, event },
  );
  return { id: known?.id ?? id, added: false };
}

/** Takes a gap away as `Gaps.remove` does, within a unit of work. */
export function removeGap(file: Statements, team: string, place: string, event: string): boolean {
  const removed = file.run(
    'DELETE FROM gaps WHERE team = :team AND place = :place AND event = :event AND escalated_at IS NULL',
    { team, place, event },
  );
  return removed === 1;
}
