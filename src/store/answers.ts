import { z } from 'zod';
import type { Database, Statements } from './database.ts';

const list = z.string().transform((text): readonly string[] => (text === '' ? [] : text.split(' ')));
const answerRow = z.object({
  team: z.string(),
  channel: z.string(),
  /** The timestamp of the message that asked. */
  questionTs: z.string(),
  /** The timestamps of the bot's messages that answered, in order; nearly always one, none where it was taken back. */
  answers: list,
  /** Those of its messages that stand there because of the answer: its demo, its poll, what was opened from it. */
  attached: list,
  /** The question as it was answered, to tell an edit that changes it from one that does not. */
  question: z.string(),
  /** Who asked it; null for one that was kept before that was. */
  asker: z.string().nullable(),
  /** Milliseconds since 1970. */
  at: z.int(),
});

/** Which messages of the bot answered which question. */
export type PostedAnswer = Readonly<z.output<typeof answerRow>>;

/** An answer as it is kept. What is attached to one that is kept already stays with it. */
export type NewAnswer = Omit<PostedAnswer, 'attached'> & Partial<Pick<PostedAnswer, 'attached'>>;

/** The messages that answered, so that an answer follows its question's edits and deletion. All throw StoreUnavailable. */
export interface Answers {
  /** Keeps which messages answered; it replaces what was kept for the question. */
  put(answer: NewAnswer): Promise<void>;
  /** The answer to a question; null where none is kept. */
  find(team: string, channel: string, questionTs: string): Promise<PostedAnswer | null>;
  /** The answer of which a message is a part; null where none is kept. */
  findByMessage(team: string, channel: string, message: string): Promise<PostedAnswer | null>;
  /**
   * Notes of a message that it stands there because of another one, which asks, answers or is attached itself.
   * @returns false where no answer is kept that has that one
   */
  attach(team: string, channel: string, message: string, attached: string): Promise<boolean>;
  /** Forgets an answer. @returns true only for whoever removed it */
  remove(team: string, channel: string, questionTs: string): Promise<boolean>;
}

const columns = 'team, channel, question_ts AS questionTs, answer_ts AS answers, attached, question, asker, at';
const ofQuestion = 'team = :team AND channel = :channel AND question_ts = :questionTs';

/** Makes the posted answers of an open store. */
export function createAnswers(database: Database): Answers {
  return {
    put: (answer) => database.write((file) => putAnswer(file, answer)),
    find: (team, channel, questionTs) =>
      database.read((file) =>
        file.row(answerRow, `SELECT ${columns} FROM answers WHERE ${ofQuestion}`, { team, channel, questionTs }),
      ),
    findByMessage: (team, channel, message) =>
      database.read((file) =>
        file.row(
          answerRow,
          `SELECT ${columns} FROM answers
           WHERE team = :team AND channel = :channel AND instr(' ' || answer_ts || ' ', ' ' || :message || ' ') > 0`,
          { team, channel, message },
        ),
      ),
    attach: (team, channel, message, attached) =>
      database.write((file) => {
        const changed = file.run(
          `UPDATE answers SET attached = trim(attached || ' ' || :attached)
           WHERE team = :team AND channel = :channel
             AND instr(' ' || question_ts || ' ' || answer_ts || ' ' || attached || ' ', ' ' || :message || ' ') > 0
             AND instr(' ' || attached || ' ', ' ' || :attached || ' ') = 0`,
          { team, channel, message, attached },
        );
        return changed > 0;
      }),
    remove: (team, channel, questionTs) =>
      database.write(
        (file) => file.run(`DELETE FROM answers WHERE ${ofQuestion}`, { team, channel, questionTs }) === 1,
      ),
  };
}

/** Keeps which messages answered a question, within a unit of work. */
export function putAnswer(file: Statements, { answers, attached = [], ...answer }: NewAnswer): void {
  file.run(
    `INSERT INTO answers (team, channel, question_ts, answer_ts, attached, question, asker, at)
     VALUES (:team, :channel, :questionTs, :answers, :attached, :question, :asker, :at)
     ON CONFLICT DO UPDATE SET answer_ts = excluded.answer_ts, question = excluded.question, asker = excluded.asker,
       at = excluded.at`,
    { ...answer, answers: answers.join(' '), attached: attached.join(' ') },
  );
}
