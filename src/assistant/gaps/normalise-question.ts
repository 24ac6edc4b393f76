import { questionTerms, readQuestion } from '../../matching/question.ts';

/** A question as questions are compared: its terms, in one order; its words where it has no term. */
export function normaliseQuestion(raw: string): string {
  const question = readQuestion(raw);
  return questionTerms(question).sort().join(' ') || question.text;
}
