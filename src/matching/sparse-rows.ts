import type { CountedTerm } from './naive-bayes.ts';

/** Texts as vectors that are zero but for few places, laid out flat. */
export interface SparseRows {
  /** The terms of row r stand from `starts[r]` to `starts[r + 1]`. */
  readonly starts: Uint32Array;
  readonly terms: Uint32Array;
  readonly shares: Float32Array;
}

/** Lays out rows, each the terms of one text. */
export function layOutRows(rows: Iterable<readonly CountedTerm[]>): SparseRows {
  const starts = [0];
  const terms: number[] = [];
  const shares: number[] = [];
  for (const row of rows) {
    for (const { number, share } of row) {
      terms.push(number);
      shares.push(share);
    }
    starts.push(terms.length);
  }
  return { starts: Uint32Array.from(starts), terms: Uint32Array.from(terms), shares: Float32Array.from(shares) };
}
