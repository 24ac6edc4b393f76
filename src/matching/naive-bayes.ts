import type { PhraseMass } from './phrase-index.ts';

/** What counts as said of a term that an entry's phrasings never use. */
const smoothing = 0.1;

/** A term of a question, as naive Bayes counts it. */
export interface CountedTerm {
  readonly number: number;
  /** Its share of the question, as a part of a vector of length 1. */
  readonly share: number;
}

/**
 * Tells how much more probable a question's terms are in the phrasings of an entry than in those of all others:
 * complement naive Bayes (Rennie and others, "Tackling the Poor Assumptions of Naive Bayes Text Classifiers", 2003).
 * Unlike the likeness to a few phrasings it counts all of them, so it errs on other questions.
 * @param held what each term adds up to in the entry's phrasings
 * @param of the entry's place in the book, and what each of its phrasings counts for (topics.ts)
 * @returns log odds; above 0 where the entry is more probable
 */
export function logOdds(
  terms: readonly CountedTerm[],
  held: Float32Array,
  { entry, weight }: { readonly entry: number; readonly weight: number },
  mass: PhraseMass,
): number {
  const own = mass.ofEntry[entry] ?? 0;
  const spread = smoothing * mass.ofTerm.length;
  let sum = 0;
  for (const [place, { number, share }] of terms.entries()) {
    const here = held[place] ?? 0;
    const elsewhere = Math.max(0, (mass.ofTerm[number] ?? 0) - here);
    const inEntry = (weight * here + smoothing) / (weight * own + spread);
    const inOthers = (elsewhere + smoothing) / (mass.total - own + spread);
    sum += share * Math.log(inEntry / inOthers);
  }
  return sum;
}

/**
 * Turns log odds into weights that compare as probabilities.
 * @returns 1 for the greatest
 */
export function fromLogOdds(odds: readonly number[]): number[] {
  const most = Math.max(...odds);
  return odds.map((value) => Math.exp(value - most));
}
