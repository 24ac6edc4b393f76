import type { CountedTerm } from './naive-bayes.ts';

/** Grams are told apart by a number of so many bits: what shares one is rare enough to do no harm. */
const bits = 16;
/** How many different numbers a gram can have. */
export const gramCount = 2 ** bits;

/** Runs of four tell topics apart as well as those of three to five together, at less than half the cost. */
const runLength = 4;
/** How much of a text is read: a pasted log says again and again what its first lines say. */
const longestText = 500;

/**
 * Reads a text as it is spelled: the runs of four characters of each of its words (Bojanowski and others,
 * "Enriching Word Vectors with Subword Information", 2017), and its words and pairs of neighbours as they stand, small
 * words too. So `mounting` and `mounted` are partly alike, and "how to" and "won't" count. Grams are numbers, not text
 * (Weinberger and others, "Feature Hashing for Large Scale Multitask Learning", 2009).
 * @param text clean lower-case text
 * @returns each gram once, its share as a part of a vector of length 1; empty for an empty text
 */
export function characterGrams(text: string): CountedTerm[] {
  const counts = new Map<number, number>();
  const count = (gram: string): void => {
    const number = gramNumber(gram);
    counts.set(number, (counts.get(number) ?? 0) + 1);
  };
  const words = text.slice(0, longestText).match(/[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? [];
  let before: string | null = null;
  for (const word of words) {
    for (const gram of gramsOf(word)) count(gram);
    if (!/[\p{L}\p{N}]/u.test(word)) continue;
    count(`=${word}`);
    if (before !== null) count(`=${before} ${word}`);
    before = word;
  }
  let squares = 0;
  for (const times of counts.values()) squares += times * times;
  const length = Math.sqrt(squares);
  return [...counts].map(([number, times]) => ({ number, share: times / length }));
}

/** A word's runs of characters, its ends marked by spaces; a short word is one run. */
function* gramsOf(word: string): Generator<string> {
  const marked = ` ${word} `;
  for (let from = 0; from === 0 || from + runLength <= marked.length; from++)
    yield marked.slice(from, from + runLength);
}

/** Spreads grams evenly over the numbers (FNV-1a by Fowler, Noll and Vo). */
function gramNumber(gram: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < gram.length; at++) hash = Math.imul(hash ^ gram.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> bits)) & (gramCount - 1);
}
