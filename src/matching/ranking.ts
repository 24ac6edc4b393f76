import type { EntryIndex } from './entry-index.ts';
import type { Phrase } from './entry-terms.ts';
import type { Term } from './terms.ts';
import type { Vocabulary } from './vocabulary.ts';

/** An entry's score for a question. */
export interface Ranked {
  /** Its place in the index. */
  readonly entry: number;
  /** What it is ranked by, 0 to about 1. */
  readonly score: number;
  /** How much of the question the whole entry speaks of, 0 to 1. */
  readonly cover: number;
  /** How like the question its most like phrasing is, 0 to 1. */
  readonly likeness: number;
}

/** A question's term in the index; `number` is -1 where the book does not know it. */
export interface QueryTerm extends Term {
  readonly number: number;
  readonly rarity: number;
}

const candidates = 80;
const coverShare = 0.5;
const likenessShare = 0.5;

/**
 * Looks a question's terms up.
 * @param unknownRarity how rare a term that the book does not know is taken to be
 */
export function toQuery(terms: readonly Term[], vocabulary: Vocabulary, index: EntryIndex): QueryTerm[] {
  const rarest = Math.log(1 + (index.entryCount + 0.5) / 0.5);
  return terms.map((term) => {
    const number = vocabulary.find(term.text) ?? -1;
    const rarity = number < 0 ? rarest : (index.rarity[number] ?? 0);
    return { ...term, number, rarity };
  });
}

/**
 * Ranks the entries for a question: first by BM25 over whole entries, then, among the best, also by the most like
 * phrasing of each.
 * @returns the best entries, best first; empty if no term is known
 */
export function rankEntries(
  query: readonly QueryTerm[],
  index: EntryIndex,
  phrases: readonly (readonly Phrase[])[],
): Ranked[] {
  const scores = new Float32Array(index.entryCount);
  let ideal = 0;
  for (const { number, rarity, weight, text } of query) {
    if (text.startsWith('?')) continue;
    if (!text.includes(' ') || number >= 0) ideal += rarity * weight;
    if (number < 0) continue;
    const end = index.starts[number + 1] ?? 0;
    for (let at = index.starts[number] ?? 0; at < end; at++) {
      const entry = index.entries[at] ?? 0;
      scores[entry] = (scores[entry] ?? 0) + rarity * weight * (index.impacts[at] ?? 0);
    }
  }
  const wanted = new Map(query.filter(({ number }) => number >= 0).map((term) => [term.number, term]));
  const norm = Math.sqrt(
    sum(
      query.filter((t) => !t.text.includes(' ') || t.number >= 0),
      ({ rarity, weight }) => (rarity * weight) ** 2,
    ),
  );
  return best(scores, candidates)
    .map((entry) => {
      const cover = (scores[entry] ?? 0) / ideal;
      let likeness = 0;
      for (const phrase of phrases[entry] ?? [])
        likeness = Math.max(likeness, compare(phrase, wanted, norm, index.rarity));
      return { entry, cover, likeness, score: coverShare * cover + likenessShare * likeness };
    })
    .sort((a, b) => b.score - a.score || a.entry - b.entry);
}

function compare(phrase: Phrase, wanted: ReadonlyMap<number, QueryTerm>, norm: number, rarity: Float32Array): number {
  let product = 0;
  let squares = 0;
  for (const [at, term] of phrase.terms.entries()) {
    const own = (rarity[term] ?? 0) * (phrase.weights[at] ?? 0);
    squares += own * own;
    const asked = wanted.get(term);
    if (asked) product += own * asked.rarity * asked.weight;
  }
  return squares > 0 && norm > 0 ? product / (Math.sqrt(squares) * norm) : 0;
}

function best(scores: Float32Array, count: number): number[] {
  const found: number[] = [];
  let least = 0;
  for (let entry = 0; entry < scores.length; entry++) {
    const score = scores[entry] ?? 0;
    if (score <= least) continue;
    found.push(entry);
    if (found.length < 2 * count) continue;
    found.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
    found.length = count;
    least = scores[found[count - 1] ?? 0] ?? 0;
  }
  return found.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b).slice(0, count);
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
