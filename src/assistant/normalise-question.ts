import { cleanQuestion } from '../matching/cleaning.ts';
import { questionTerms } from '../matching/question.ts';

/** A question as questions are compared: its terms, in one order; its words where it has no term. */
export function normaliseQuestion(question: string): string {
  return questionTerms(question).sort().join(' ') || cleanQuestion(question);
}
