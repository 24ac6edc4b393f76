import type { Entry } from '../knowledge/entry.ts';
import { kindsOf } from './question.ts';
import type { Vocabulary } from './string-table.ts';
import { contentWords, toTerms } from './terms.ts';
import { splitWords } from './words.ts';

/** An entry as the index reads it: texts as term numbers. */
export interface EntryTerms {
  /** The title and the phrasings, each a way to put the question, each term once. */
  readonly phrases: readonly Uint32Array[];
  /** The texts that are weighted apart, in the order of `fieldWeights`, terms as often as they occur. */
  readonly fields: readonly Uint32Array[];
}

/** What the title, the phrasings, the claims and the body count for. */
export const fieldWeights: readonly number[] = [2, 2, 1, 0.6];

/**
 * Reads an entry for the index.
 * @param asked its title and phrasings, as `readAsked` gives them
 * @param vocabulary learns the entry's terms
 * @param words is told every content word, for the speller
 * @param stemOf a stemmer that remembers
 */
export function readEntryTerms(
  { claims, body }: Entry,
  asked: readonly string[],
  vocabulary: Vocabulary,
  words: Set<string>,
  stemOf: (word: string) => string,
): EntryTerms {
  const number = (terms: readonly string[]) => Uint32Array.from(terms, (term) => vocabulary.learn(term));
  const termsOf = (text: string, pairs: boolean): string[] => {
    const found = contentWords(splitWords(text));
    for (const word of found) words.add(word);
    return toTerms(found, pairs, stemOf);
  };
  const ways = asked.map((text) => ({ text, terms: termsOf(text, true) }));
  return {
    phrases: ways.map(({ text, terms }) => number([...new Set([...terms, ...kindsOf(text)])])),
    fields: [
      number(ways.slice(0, 1).flatMap(({ terms }) => terms)),
      number(ways.slice(1).flatMap(({ terms }) => terms)),
      number(claims.flatMap(({ text }) => termsOf(text.toLowerCase(), false))),
      number(termsOf(body.toLowerCase(), false)),
    ],
  };
}
