import type { EntryIndex } from './entry-index.ts';
import { likenessOf, type PhraseIndex } from './phrase-index.ts';
import { hasGroup, isWord, termWeight } from './terms.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A question's term in the index. */
export interface QueryTerm {
  readonly text: string;
  /** Its number in the vocabulary; -1 where the book does not know it. */
  readonly number: number;
  readonly worth: number;
}

/** An entry's score for a question. */
export interface Ranked {
  /** Its place in the index. */
  readonly entry: number;
  /** What it is ranked by, 0 to 1. */
  readonly score: number;
  /** How much of the question the whole entry speaks of, 0 to 1. */
  readonly cover: number;
  /** How like the question its most like phrasings are, 0 to 1. */
  readonly likeness: number;
}

const candidates = 80;
const coverShare = 0.6;

/** Looks a question's terms up. Of those that the book does not know only words count that no group stands for. */
export function toQuery(terms: readonly string[], vocabulary: Vocabulary, index: EntryIndex): QueryTerm[] {
  return terms.flatMap((text) => {
    const number = vocabulary.find(text);
    if (number !== undefined) return [{ text, number, worth: index.worth[number] ?? 0 }];
    return isWord(text) && !hasGroup(text) ? [{ text, number: -1, worth: termWeight(text) * index.unknownWorth }] : [];
  });
}

/**
 * Ranks the entries for a question: first by BM25 over whole entries, then, among the best, also by their most like
 * phrasings.
 * @returns the best entries, best first; empty if no term is known
 */
export function rankEntries(query: readonly QueryTerm[], index: EntryIndex, phrases: PhraseIndex): Ranked[] {
  const scores = new Float32Array(index.entryCount);
  let ideal = 0;
  let squares = 0;
  for (const { text, number, worth } of query) {
    squares += worth * worth;
    if (text.startsWith('?')) continue;
    ideal += worth;
    if (number >= 0) addPostings(index, number, worth, scores);
  }
  const length = Math.sqrt(squares);
  const known = query.filter(({ number }) => number >= 0);
  for (const { number } of known) phrases.marks[number] = 1;
  const ranked = best(scores, candidates).map((entry) => {
    const cover = (scores[entry] ?? 0) / ideal;
    const likeness = likenessOf(phrases, entry, index.worth, length);
    return { entry, cover, likeness, score: coverShare * cover + (1 - coverShare) * likeness };
  });
  for (const { number } of known) phrases.marks[number] = 0;
  return ranked.sort((a, b) => b.score - a.score || a.entry - b.entry);
}

/**
 * Says what each term of a question added to an entry's cover.
 * @returns one share a term, in the query's order
 */
export function explainCover(query: readonly QueryTerm[], index: EntryIndex, entry: number): number[] {
  return query.map(({ number, worth }) => {
    if (number < 0) return 0;
    const at = index.entries.subarray(index.starts[number], index.starts[number + 1]).indexOf(entry);
    return at < 0 ? 0 : worth * (index.impacts[(index.starts[number] ?? 0) + at] ?? 0);
  });
}

function addPostings(index: EntryIndex, term: number, worth: number, scores: Float32Array): void {
  const end = index.starts[term + 1] ?? 0;
  for (let at = index.starts[term] ?? 0; at < end; at++) {
    const entry = index.entries[at] ?? 0;
    scores[entry] = (scores[entry] ?? 0) + worth * (index.impacts[at] ?? 0);
  }
}

function best(scores: Float32Array, count: number): number[] {
  const byScore = (a: number, b: number): number => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b;
  const found: number[] = [];
  let least = 0;
  for (let entry = 0; entry < scores.length; entry++) {
    if ((scores[entry] ?? 0) <= least) continue;
    found.push(entry);
    if (found.length < 2 * count) continue;
    found.sort(byScore).length = count;
    least = scores[found[count - 1] ?? 0] ?? 0;
  }
  return found.sort(byScore).slice(0, count);
}
