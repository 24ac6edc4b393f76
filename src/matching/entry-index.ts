import { type EntryTerms, fieldWeights } from './entry-terms.ts';

const saturation = 1.2;
const lengthShare = 0.5;

/** For every term, the entries that hold it and what it adds to their score. */
export interface EntryIndex {
  readonly entryCount: number;
  /** How rare each term is: `ln(1 + (n - df + 0.5) / (df + 0.5))`. */
  readonly rarity: Float32Array;
  /** The postings of term t stand from `starts[t]` to `starts[t + 1]`. */
  readonly starts: Uint32Array;
  readonly entries: Uint32Array;
  readonly impacts: Float32Array;
}

/**
 * Builds an inverted index with BM25F scores worked out beforehand (Robertson and Zaragoza, "The Probabilistic
 * Relevance Framework: BM25 and Beyond", 2009, section 3.6).
 * @param termCount how many terms the vocabulary holds
 */
export function buildEntryIndex(entries: readonly EntryTerms[], termCount: number): EntryIndex {
  const averages = fieldWeights.map((_, field) => averageLength(entries, field));
  const counts = new Uint32Array(termCount + 1);
  const rows = entries.map((entry) => weighTerms(entry, averages));
  for (const row of rows) for (const term of row.keys()) counts[term] = (counts[term] ?? 0) + 1;
  const rarity = Float32Array.from({ length: termCount }, (_, term) => {
    const holders = counts[term] ?? 0;
    return Math.log(1 + (entries.length - holders + 0.5) / (holders + 0.5));
  });
  const starts = new Uint32Array(termCount + 1);
  for (let term = 0; term < termCount; term++) starts[term + 1] = (starts[term] ?? 0) + (counts[term] ?? 0);
  const next = starts.slice();
  const holders = new Uint32Array(starts[termCount] ?? 0);
  const impacts = new Float32Array(holders.length);
  for (const [entry, row] of rows.entries()) {
    for (const [term, frequency] of row) {
      const at = next[term] ?? 0;
      next[term] = at + 1;
      holders[at] = entry;
      impacts[at] = frequency / (saturation + frequency);
    }
  }
  return { entryCount: entries.length, rarity, starts, entries: holders, impacts };
}

function averageLength(entries: readonly EntryTerms[], field: number): number {
  let total = 0;
  for (const entry of entries) total += entry.fields[field]?.length ?? 0;
  return Math.max(1, total / Math.max(1, entries.length));
}

function weighTerms(entry: EntryTerms, averages: readonly number[]): Map<number, number> {
  const row = new Map<number, number>();
  for (const [field, terms] of entry.fields.entries()) {
    const length = 1 - lengthShare + (lengthShare * terms.length) / (averages[field] ?? 1);
    const share = (fieldWeights[field] ?? 0) / length;
    for (const term of terms) row.set(term, (row.get(term) ?? 0) + share);
  }
  return row;
}
