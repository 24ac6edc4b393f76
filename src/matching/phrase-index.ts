import type { EntryTerms } from './entry-index.ts';
import type { Shaped } from './model/packed.ts';

/** Sums over phrases, each a vector of length 1: how much each entry makes up, each term, and all; see naive-bayes.ts. */
const phraseMass = { ofEntry: 'f32', ofTerm: 'f32', total: 'number' } as const;

/** The phrasings of every entry, by their terms, laid out flat: a large book has more than a million. */
export const phraseIndex = {
  /** The phrases of entry e are those from `phraseStarts[e]` to `phraseStarts[e + 1]`. */
  phraseStarts: 'u32',
  /** The phrases that hold term t stand from `holderStarts[t]` to `holderStarts[t + 1]`. */
  holderStarts: 'u32',
  /** Phrases in ascending order within each term. */
  holders: 'u32',
  /** The length of each phrase as a vector of term worths. */
  norms: 'f32',
  /** How many phrases the entry with the most has. */
  most: 'number',
  mass: phraseMass,
} as const;

/** See `phraseIndex`. */
export type PhraseIndex = Shaped<typeof phraseIndex>;

/** See `phraseMass`. */
export type PhraseMass = Shaped<typeof phraseMass>;

/** How an entry's phrasings compare with a question. */
export interface Comparison {
  /** The cosine of the most like one, and of the next, 0 to 1. */
  readonly nearest: number;
  readonly next: number;
  /** What each of the question's terms adds up to in them, in the question's order. */
  readonly held: Float32Array;
}

/**
 * Lays out the phrases.
 * @param worth what each term is worth
 */
export function buildPhraseIndex(entries: readonly EntryTerms[], worth: Float32Array): PhraseIndex {
  const phrases = entries.flatMap((entry) => entry.phrases);
  const holderStarts = new Uint32Array(worth.length + 1);
  for (const phrase of phrases) for (const term of phrase) holderStarts[term + 1] = (holderStarts[term + 1] ?? 0) + 1;
  for (let term = 0; term < worth.length; term++) {
    holderStarts[term + 1] = (holderStarts[term + 1] ?? 0) + (holderStarts[term] ?? 0);
  }
  const holders = new Uint32Array(holderStarts[worth.length] ?? 0);
  const next = holderStarts.slice();
  for (const [phrase, terms] of phrases.entries()) {
    for (const term of terms) {
      const at = next[term] ?? 0;
      holders[at] = phrase;
      next[term] = at + 1;
    }
  }
  const counts = entries.map((entry) => entry.phrases.length);
  return {
    phraseStarts: Uint32Array.from(runningTotals(counts)),
    holderStarts,
    holders,
    norms: Float32Array.from(phrases, (phrase) => vectorLength(phrase, worth)),
    most: counts.reduce((most, count) => Math.max(most, count), 0),
    mass: weighPhrases(entries, worth),
  };
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
 * @param question its terms, and its length as a vector
 * @param products room for a number a phrase of the entry, all zero before and after
 */
export function comparePhrases(
  index: PhraseIndex,
  entry: number,
  worth: Float32Array,
  question: { readonly terms: readonly number[]; readonly length: number },
  products: Float32Array,
): Comparison {
  const from = index.phraseStarts[entry] ?? 0;
  const to = index.phraseStarts[entry + 1] ?? 0;
  const held = new Float32Array(question.terms.length);
  for (const [place, term] of question.terms.entries()) {
    const own = worth[term] ?? 0;
    const end = index.holderStarts[term + 1] ?? 0;
    let sum = 0;
    for (let at = firstFrom(index.holders, index.holderStarts[term] ?? 0, end, from); at < end; at++) {
      const phrase = index.holders[at] ?? 0;
      if (phrase >= to) break;
      products[phrase - from] = (products[phrase - from] ?? 0) + own * own;
      sum += own / (index.norms[phrase] || 1);
    }
    held[place] = sum;
  }
  let first = 0;
  let second = 0;
  for (let phrase = from; phrase < to; phrase++) {
    const product = products[phrase - from] ?? 0;
    if (product === 0) continue;
    products[phrase - from] = 0;
    const likeness = product / ((index.norms[phrase] || 1) * question.length || 1);
    if (likeness > first) [first, second] = [likeness, first];
    else if (likeness > second) second = likeness;
  }
  return { nearest: first, next: second, held };
}

/** The first place from `low` to `high` whose value is at least `least`: the values ascend. */
function firstFrom(values: Uint32Array, low: number, high: number, least: number): number {
  let [below, above] = [low, high];
  while (below < above) {
    const middle = (below + above) >>> 1;
    if ((values[middle] ?? 0) < least) below = middle + 1;
    else above = middle;
  }
  return below;
}
