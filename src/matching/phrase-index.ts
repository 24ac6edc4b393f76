import type { EntryTerms } from './entry-terms.ts';
import type { CountedTerm } from './naive-bayes.ts';

/** The phrasings of every entry, laid out flat: a large book has more than a million. */
export interface PhraseIndex {
  /** The phrases of entry e stand from `phraseStarts[e]` to `phraseStarts[e + 1]`. */
  readonly phraseStarts: Uint32Array;
  /** The terms of phrase p stand from `termStarts[p]` to `termStarts[p + 1]`. */
  readonly termStarts: Uint32Array;
  readonly terms: Uint32Array;
  /** The length of each phrase as a vector of term worths. */
  readonly norms: Float32Array;
  /** Room for one number a term, all zero between questions: a question's terms are marked with their place in it, from 1. */
  readonly marks: Uint16Array;
  /** How much of the phrases each entry makes up, each term, and all of them; see naive-bayes.ts. */
  readonly mass: PhraseMass;
}

/** Sums over phrases, each a vector of length 1. */
export interface PhraseMass {
  readonly ofEntry: Float32Array;
  readonly ofTerm: Float32Array;
  readonly total: number;
}

/** How an entry's phrasings compare with a question. */
export interface Comparison {
  /** The mean cosine of the two most like ones, so that one chance likeness counts less than two: 0 to 1. */
  readonly likeness: number;
  /** What each of the question's terms adds up to in them, in the question's order. */
  readonly held: Float32Array;
}

/**
 * Lays out the phrases.
 * @param worth what each term is worth
 */
export function buildPhraseIndex(entries: readonly EntryTerms[], worth: Float32Array): PhraseIndex {
  const phrases = entries.flatMap((entry) => entry.phrases);
  const termStarts = Uint32Array.from(runningTotals(phrases.map((phrase) => phrase.length)));
  const terms = new Uint32Array(termStarts[phrases.length] ?? 0);
  for (const [phrase, own] of phrases.entries()) terms.set(own, termStarts[phrase] ?? 0);
  return {
    phraseStarts: Uint32Array.from(runningTotals(entries.map((entry) => entry.phrases.length))),
    termStarts,
    terms,
    marks: new Uint16Array(worth.length),
    norms: Float32Array.from(phrases, (phrase) => vectorLength(phrase, worth)),
    mass: weighPhrases(entries, worth),
  };
}

/** Reads a phrase's terms as a vector of length 1. */
export function phraseTerms(index: PhraseIndex, phrase: number, worth: Float32Array): CountedTerm[] {
  const norm = index.norms[phrase] || 1;
  const own = index.terms.subarray(index.termStarts[phrase], index.termStarts[phrase + 1]);
  return Array.from(own, (number) => ({ number, share: (worth[number] ?? 0) / norm }));
}

function weighPhrases(entries: readonly EntryTerms[], worth: Float32Array): PhraseMass {
  const ofEntry = new Float32Array(entries.length);
  const ofTerm = new Float32Array(worth.length);
  let total = 0;
  for (const [entry, { phrases }] of entries.entries()) {
    for (const phrase of phrases) {
      const length = vectorLength(phrase, worth) || 1;
      for (const term of phrase) {
        const share = (worth[term] ?? 0) / length;
        ofEntry[entry] = (ofEntry[entry] ?? 0) + share;
        ofTerm[term] = (ofTerm[term] ?? 0) + share;
        total += share;
      }
    }
  }
  return { ofEntry, ofTerm, total };
}

function runningTotals(lengths: readonly number[]): number[] {
  const totals = [0];
  for (const length of lengths) totals.push((totals.at(-1) ?? 0) + length);
  return totals;
}

function vectorLength(terms: Uint32Array, worth: Float32Array): number {
  let squares = 0;
  for (const term of terms) squares += (worth[term] ?? 0) ** 2;
  return Math.sqrt(squares);
}

/**
 * Compares an entry's phrasings with a question.
 * @param index with the question's terms marked
 * @param terms how many terms are marked
 * @param length the question's length as a vector
 */
export function comparePhrases(
  index: PhraseIndex,
  entry: number,
  worth: Float32Array,
  { terms, length }: { readonly terms: number; readonly length: number },
): Comparison {
  const held = new Float32Array(terms);
  let first = 0;
  let second = 0;
  const end = index.phraseStarts[entry + 1] ?? 0;
  for (let phrase = index.phraseStarts[entry] ?? 0; phrase < end; phrase++) {
    const norm = index.norms[phrase] || 1;
    let product = 0;
    const last = index.termStarts[phrase + 1] ?? 0;
    for (let at = index.termStarts[phrase] ?? 0; at < last; at++) {
      const term = index.terms[at] ?? 0;
      const place = index.marks[term] ?? 0;
      if (place === 0) continue;
      const own = worth[term] ?? 0;
      product += own * own;
      held[place - 1] = (held[place - 1] ?? 0) + own / norm;
    }
    if (product === 0) continue;
    const likeness = product / (norm * length || 1);
    if (likeness > first) [first, second] = [likeness, first];
    else if (likeness > second) second = likeness;
  }
  return { likeness: (first + second) / 2, held };
}
