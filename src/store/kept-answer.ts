import { type NewAnswer, putAnswer } from './answers.ts';
import type { Statements } from './database.ts';
import { addGap, type NewGap } from './gaps.ts';
import { putThread, type ThreadNews } from './threads.ts';

/** All that is kept of one answer. */
export interface KeptAnswer {
  /** What the thread remembers from now on. */
  readonly thread: ThreadNews;
  /** Which messages answered. */
  readonly answer: NewAnswer;
  /** What the book lacks, where the answer shows that; null where it does not. */
  readonly gap: NewGap | null;
}

/** Keeps an answer within a unit of work. */
export function putKeptAnswer(file: Statements, { thread, answer, gap }: KeptAnswer): void {
  putThread(file, thread);
  putAnswer(file, answer);
  if (gap !== null) addGap(file, gap);
}
