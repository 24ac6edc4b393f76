import type { Entry } from '../knowledge/entry.ts';
import { questionTerms } from './question.ts';
import { contentWords, type Term, toTerms } from './terms.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A short text as numbered terms with their weights. */
export interface Phrase {
  readonly terms: Uint32Array;
  readonly weights: Float32Array;
}

/** An entry as the index reads it. */
export interface EntryTerms {
  /** The title and the asks, each a way to put the question. */
  readonly phrases: readonly Phrase[];
  /** The texts that are weighted apart, in the order of `fieldWeights`. */
  readonly fields: readonly Uint32Array[];
}

/** What the title, the asks, the claims and the body count for. */
export const fieldWeights: readonly number[] = [2, 2, 1, 0.6];

/**
 * Reads an entry for the index.
 * @param vocabulary learns the entry's terms
 * @param words is told every content word, for the speller
 */
export function readEntryTerms(entry: Entry, vocabulary: Vocabulary, words: Set<string>): EntryTerms {
  const number = (text: string, pairs: boolean): number[] => {
    const found = contentWords(text.toLowerCase());
    for (const word of found) words.add(word);
    return toTerms(found, pairs).map((term) => vocabulary.learn(term.text));
  };
  return {
    phrases: [entry.title, ...entry.asks].map((text) => toPhrase(questionTerms(text), vocabulary)),
    fields: [
      Uint32Array.from(number(entry.title, true)),
      Uint32Array.from(entry.asks.flatMap((ask) => number(ask, true))),
      Uint32Array.from(entry.claims.flatMap((claim) => number(claim.text, false))),
      Uint32Array.from(number(entry.body, false)),
    ],
  };
}

function toPhrase(terms: readonly Term[], vocabulary: Vocabulary): Phrase {
  return {
    terms: Uint32Array.from(terms, (term) => vocabulary.learn(term.text)),
    weights: Float32Array.from(terms, (term) => term.weight),
  };
}
