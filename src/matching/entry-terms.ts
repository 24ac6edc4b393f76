import type { Entry } from '../knowledge/entry.ts';
import { questionTerms, readQuestion } from './question.ts';
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
 * @param vocabulary learns the entry's terms
 * @param words is told every content word, for the speller
 * @param stemOf a stemmer that remembers
 */
export function readEntryTerms(
  entry: Entry,
  vocabulary: Vocabulary,
  words: Set<string>,
  stemOf: (word: string) => string,
): EntryTerms {
  const number = (text: string, pairs: boolean): number[] => {
    const found = contentWords(splitWords(text.toLowerCase()));
    for (const word of found) words.add(word);
    return toTerms(found, pairs, stemOf).map((term) => vocabulary.learn(term));
  };
  return {
    phrases: [entry.title, ...entry.phrasings].map((text) =>
      Uint32Array.from(questionTerms(readQuestion(text), { stemOf }), (term) => vocabulary.learn(term)),
    ),
    fields: [
      Uint32Array.from(number(entry.title, true)),
      Uint32Array.from(entry.phrasings.flatMap((phrasing) => number(phrasing, true))),
      Uint32Array.from(entry.claims.flatMap((claim) => number(claim.text, false))),
      Uint32Array.from(number(entry.body, false)),
    ],
  };
}
