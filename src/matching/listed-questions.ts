import type { Entry } from '../knowledge/entry.ts';
import { plainQuestion } from '../knowledge/plain-question.ts';
import { cleanQuestion } from './cleaning.ts';

/**
 * Finds the entry that lists a question word for word, as its title or among its phrasings: nothing is to be weighed there.
 * Of two that list it the first one counts, and phrasings, which `check` keeps apart, come before titles.
 */
export function listQuestions(entries: readonly Entry[]): (question: string) => Entry | null {
  const listed = new Map<string, Entry>();
  const list = (text: string, entry: Entry): void => {
    const plain = plainQuestion(cleanQuestion(text));
    if (plain !== '' && !listed.has(plain)) listed.set(plain, entry);
  };
  for (const entry of entries) for (const phrasing of entry.phrasings) list(phrasing, entry);
  for (const entry of entries) list(entry.title, entry);
  return (question) => listed.get(plainQuestion(cleanQuestion(question))) ?? null;
}
