import { plainQuestion } from '../knowledge/plain-question.ts';
import type { Shaped } from './model/packed.ts';
import type { Question } from './question.ts';
import { findString, layOutStrings, stringTable } from './string-table.ts';

/** Every question that an entry lists word for word, as its title or among its phrasings. */
export const listedQuestions = {
  /** Plain questions. */
  questions: stringTable,
  /** The place in the book of the entry that lists each. */
  entries: 'u32',
} as const;

/** See `listedQuestions`. */
export type ListedQuestions = Shaped<typeof listedQuestions>;

/**
 * Lists the questions of a book. Of two entries that list one the first counts, and phrasings, which `check` keeps
 * apart, come before titles.
 * @param asked of each entry its title and phrasings, as `readAsked` gives them
 */
export function listQuestions(asked: readonly (readonly string[])[]): ListedQuestions {
  const listed = new Map<string, number>();
  const list = (texts: readonly string[], entry: number): void => {
    for (const plain of texts.map(plainQuestion)) if (plain !== '' && !listed.has(plain)) listed.set(plain, entry);
  };
  for (const [place, [, ...phrasings]] of asked.entries()) list(phrasings, place);
  for (const [place, [title = '']] of asked.entries()) list([title], place);
  return { questions: layOutStrings(listed.keys()), entries: Uint32Array.from(listed.values()) };
}

/**
 * Finds the entry that lists a question word for word: nothing is to be weighed there.
 * @returns its place in the book
 */
export function findListed({ questions, entries }: ListedQuestions, { text }: Question): number | null {
  return entries[findString(questions, plainQuestion(text))] ?? null;
}
