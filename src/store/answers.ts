import { z } from 'zod';
import type { Database, Statements } from './database.ts';

const answerRow = z.object({
  team: z.string(),
  channel: z.string(),
  /** The timestamp of the message that asked. */
  questionTs: z.string(),
  /** The timestamps of the bot's messages that answered, in order; nearly always one, none where it was taken back. */
  answers: z.string().transform((list) => (list === '' ? [] : list.split(' '))),
  /** The question as it was answered, to tell an edit that changes it from one that does not. */
  question: z.string(),
  /** Who asked it; null for one that was kept before that was. */
  asker: z.string().nullable(),
  /** Milliseconds since 1970. */
  at: z.int(),
});

/** Which messages of the bot answered which question. */
export type PostedAnswer = Readonly<Omit<z.output<typeof answerRow>, 'answers'>> & {
  readonly answers: readonly string[];
};

/** The messages that answered, so that an answer follows its question's edits and deletion. All throw StoreUnavailable. */
export interface Answers {
  /** Keeps which messages answered; it replaces what was kept for the question. */
  put(answer: PostedAnswer): Promise<void>;
  /** The answer to a question; null where none is kept. */
  find(team: string, channel: string, questionTs: string): Promise<PostedAnswer | null>;
  /** The answer of which a message is a part; null where none is kept. */
  findByMessage(team: string, channel: string, message: string): Promise<PostedAnswer | null>;
  /** Forgets an answer. @returns true only for whoever removed it */
  remove(team: string, channel: string, questionTs: string): Promise<boolean>;
}

const columns = 'team, channel, question_ts AS questionTs, answer_ts AS answers, question, asker, at';
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
    remove: (team, channel, questionTs) =>
      database.write(
        (file) => file.run(`DELETE FROM answers WHERE ${ofQuestion}`, { team, channel, questionTs }) === 1,
      ),
  };
}

/** Keeps which messages answered a question, within a unit of work. */
export function putAnswer(file: Statements, { answers, ...answer }: PostedAnswer): void {
  file.run(
    `INSERT INTO answers (team, channel, question_ts, answer_ts, question, asker, at)
     VALUES (:team, :channel, :questionTs, :answers, :question, :asker, :at)
     ON CONFLICT DO UPDATE SET answer_ts = excluded.answer_ts, question = excluded.question, asker = excluded.asker,
       at = excluded.at`,
    { ...answer, answers: answers.join(' ') },
  );
}
