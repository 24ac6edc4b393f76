import { z } from 'zod';
import type { Database, Statements } from './database.ts';
import { jsonOf } from './json-text.ts';

const helpRow = z.object({
  /** The gap's id. */
  id: z.string(),
  team: z.string(),
  place: z.string(),
  event: z.string(),
  question: z.string(),
  kind: z.enum(['unknown', 'no-choice', 'voted-down', 'escalated']),
  /** The entries that came nearest, best first; of an answer that was voted down the one that it showed. */
  nearest: jsonOf(z.array(z.string())),
  permalink: z.string().nullable(),
  /** Whose question it is; null where nobody can tell. */
  asker: z.string().nullable(),
  passedBy: z.string(),
  /** Where the answer goes. */
  replyChannel: z.string(),
  replyThread: z.string().nullable(),
  /** The message that asks, as soon as it is posted. */
  askedChannel: z.string().nullable(),
  askedTs: z.string().nullable(),
  /** The message that tells how far it has come, as soon as it is posted. */
  noticeChannel: z.string().nullable(),
  noticeTs: z.string().nullable(),
  takenBy: z.string().nullable(),
  answeredBy: z.string().nullable(),
  /** What they answered; null where they answered elsewhere. */
  answer: z.string().nullable(),
});

/** A question that was passed on to a person, and how far it has come. */
export type HelpRow = Readonly<z.output<typeof helpRow>>;

/** Whose question is passed on, by whom, and where the answer goes. */
export type NewHelp = Pick<HelpRow, 'asker' | 'passedBy' | 'replyChannel' | 'replyThread'>;

/** A message of the bot. */
export interface HelpMessage {
  readonly channel: string;
  readonly ts: string;
}

/** Questions that were passed on to a person. Every method throws StoreUnavailable. */
export interface HelpRequests {
  /** One request; null if the team has none of that id. */
  find(team: string, id: string): Promise<HelpRow | null>;
  /** The request of a gap that is known by its place and event; null where nobody was asked. */
  findFor(team: string, place: string, event: string): Promise<HelpRow | null>;
  /** Keeps which message asks. */
  noteAsked(team: string, id: string, message: HelpMessage): Promise<void>;
  /** Keeps which message tells how far it has come. */
  noteNotice(team: string, id: string, message: HelpMessage): Promise<void>;
  /** Gives a request to a person. @returns false where somebody has it, or it is answered */
  take(team: string, id: string, person: string): Promise<boolean>;
  /** Takes it from the person who has it. @returns false where they have it no more */
  giveBack(team: string, id: string, person: string): Promise<boolean>;
  /** Keeps the answer, the first one only. @param at milliseconds since 1970 @returns false where there is one */
  answer(team: string, id: string, person: string, text: string | null, at: number): Promise<boolean>;
  /** Requests of a team that were answered between two times, of which whoever asked was not told yet. */
  untold(team: string, since: number, until: number): Promise<HelpRow[]>;
  /** Keeps that whoever asked was told the answer. */
  noteTold(team: string, id: string): Promise<void>;
  /** What people answered to gaps of a team, or where it is null of all teams, by the gaps' ids. */
  answers(team: string | null): Promise<ReadonlyMap<string, string>>;
}

const rows = `SELECT gaps.id, team, place, event, question, kind, nearest, permalink, asker, passed_by AS passedBy,
    reply_channel AS replyChannel, reply_thread AS replyThread, asked_channel AS askedChannel, asked_ts AS askedTs,
    notice_channel AS noticeChannel, notice_ts AS noticeTs, taken_by AS takenBy, answered_by AS answeredBy, answer
  FROM help_requests JOIN gaps ON gaps.id = help_requests.gap`;
/** A row of the team, by the gap's id. */
const own = 'gap = :id AND EXISTS (SELECT 1 FROM gaps WHERE id = :id AND team = :team)';

/** Makes the requests for help of an open store. */
export function createHelpRequests(database: Database): HelpRequests {
  const change = (set: string, values: Readonly<Record<string, string | number | null>>, where = '') =>
    database.write((file) => file.run(`UPDATE help_requests SET ${set} WHERE ${own} ${where}`, values) === 1);
  return {
    find: (team, id) =>
      database.read((file) => file.row(helpRow, `${rows} WHERE team = :team AND gaps.id = :id`, { team, id })),
    findFor: (team, place, event) =>
      database.read((file) =>
        file.row(helpRow, `${rows} WHERE team = :team AND place = :place AND event = :event`, { team, place, event }),
      ),
    async noteAsked(team, id, { channel, ts }) {
      await change('asked_channel = :channel, asked_ts = :ts', { team, id, channel, ts });
    },
    async noteNotice(team, id, { channel, ts }) {
      await change('notice_channel = :channel, notice_ts = :ts', { team, id, channel, ts });
    },
    take: (team, id, person) =>
      change('taken_by = :person', { team, id, person }, 'AND taken_by IS NULL AND answered_by IS NULL'),
    giveBack: (team, id, person) =>
      change('taken_by = NULL', { team, id, person }, 'AND taken_by = :person AND answered_by IS NULL'),
    answer: (team, id, person, text, at) =>
      change(
        'answered_by = :person, answer = :text, answered_at = :at',
        { team, id, person, text, at },
        'AND answered_by IS NULL',
      ),
    untold: (team, since, until) =>
      database.read((file) =>
        file.rows(helpRow, `${rows} WHERE told = 0 AND answered_at BETWEEN :since AND :until AND team = :team`, {
          ...{ team, since, until },
        }),
      ),
    async noteTold(team, id) {
      await change('told = 1', { team, id });
    },
    answers: (team) =>
      database.read((file) => {
        const found = file.rows(
          z.object({ id: z.string(), answer: z.string() }),
          `SELECT gaps.id, answer FROM help_requests JOIN gaps ON gaps.id = help_requests.gap
           WHERE answer IS NOT NULL AND (:team IS NULL OR team = :team)`,
          { team },
        );
        return new Map(found.map(({ id, answer }) => [id, answer]));
      }),
  };
}

/** Begins a request, within the unit of work that marks its gap. */
export function openHelp(file: Statements, id: string, { asker, passedBy, replyChannel, replyThread }: NewHelp): void {
  file.run(
    `INSERT INTO help_requests (gap, asker, passed_by, reply_channel, reply_thread)
     VALUES (:id, :asker, :passedBy, :replyChannel, :replyThread)
     ON CONFLICT DO UPDATE SET asker = excluded.asker, passed_by = excluded.passed_by,
       reply_channel = excluded.reply_channel, reply_thread = excluded.reply_thread`,
    { id, asker, passedBy, replyChannel, replyThread },
  );
}

/** Forgets a request, within the unit of work that takes the mark from its gap. */
export function forgetHelp(file: Statements, id: string): void {
  file.run('DELETE FROM help_requests WHERE gap = :id', { id });
}
