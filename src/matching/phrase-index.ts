import type { EntryTerms } from './entry-terms.ts';

/** The phrasings of every entry, laid out flat: a large book has more than a million. */
export interface PhraseIndex {
  /** The phrases of entry e stand from `phraseStarts[e]` to `phraseStarts[e + 1]`. */
  readonly phraseStarts: Uint32Array;
  /** The terms of phrase p stand from `termStarts[p]` to `termStarts[p + 1]`. */
  readonly termStarts: Uint32Array;
  readonly terms: Uint32Array;
  /** The length of each phrase as a vector of term worths. */
  readonly norms: Float32Array;
  /** Room for one flag a term, all zero between questions: marks a question's terms. */
  readonly marks: Uint8Array;
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
    marks: new Uint8Array(worth.length),
    norms: Float32Array.from(phrases, (phrase) => vectorLength(phrase, worth)),
  };
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
 * Tells how like a question an entry's phrasings are: the mean cosine of the two most like ones, so that one chance
 * likeness counts less than two.
 * @param index with the question's terms marked
 * @param length the question's length as a vector
 * @returns 0 (nothing shared) to 1 (the same words)
 */
export function likenessOf(index: PhraseIndex, entry: number, worth: Float32Array, length: number): number {
  let first = 0;
  let second = 0;
  const end = index.phraseStarts[entry + 1] ?? 0;
  for (let phrase = index.phraseStarts[entry] ?? 0; phrase < end; phrase++) {
    let product = 0;
    const last = index.termStarts[phrase + 1] ?? 0;
    for (let at = index.termStarts[phrase] ?? 0; at < last; at++) {
      const term = index.terms[at] ?? 0;
      if (index.marks[term] === 1) product += (worth[term] ?? 0) ** 2;
    }
    const likeness = product / ((index.norms[phrase] ?? 1) * length || 1);
    if (likeness > first) [first, second] = [likeness, first];
    else if (likeness > second) second = likeness;
  }
  return (first + second) / 2;
}
