import type { EntryIndex } from './entry-index.ts';
import { type Judgement, speaksFor } from './judges.ts';
import { fromLogOdds, logOdds } from './naive-bayes.ts';
import { comparePhrases, type PhraseIndex } from './phrase-index.ts';
import { findString, type StringTable } from './string-table.ts';
import { hasGroup, isWord, termWeight } from './terms.ts';
import type { Topics } from './topics.ts';

/** A question's term in the index. */
export interface QueryTerm {
  readonly text: string;
  /** Its number in the vocabulary; -1 where the book does not know it. */
  readonly number: number;
  readonly worth: number;
}

/** How an entry ranks for a question. */
export interface Ranked extends Judgement {
  /** Its place in the index. */
  readonly entry: number;
  /** Its topic's share of all topics ranked, each counted by its best entry, 0 to 1: what it is ranked by. */
  readonly topicShare: number;
}

const candidates = 80;
/**
 * What an entry's most like phrasing counts for beside the next, so that one chance likeness counts less than two. The
 * fewer phrasings a topic has, the less can be said of a next one.
 */
const nearestShare = (topicWeight: number): number => 1 - 0.3 / topicWeight;

/** Looks a question's terms up. Of those that the book does not know only words count that no group stands for. */
export function toQuery(terms: readonly string[], vocabulary: StringTable, index: EntryIndex): QueryTerm[] {
  return terms.flatMap((text) => {
    const number = findString(vocabulary, text);
    if (number >= 0) return [{ text, number, worth: index.worth[number] ?? 0 }];
    return isWord(text) && !hasGroup(text) ? [{ text, number: -1, worth: termWeight(text) * index.unknownWorth }] : [];
  });
}

/**
 * Ranks the entries for a question: first by BM25 over whole entries, then, among the best, also by their most like
 * phrasings, and by how probable their topic is.
 * @param spelling how probable each topic is, as learned from how all phrasings are spelled
 * @returns the best entries, best first; empty if no term is known
 */
export function rankEntries(
  query: readonly QueryTerm[],
  index: EntryIndex,
  phrases: PhraseIndex,
  topics: Topics,
  spelling: Float64Array,
): Ranked[] {
  const covers = new Float32Array(index.entryCount);
  let ideal = 0;
  let squares = 0;
  let knownSquares = 0;
  for (const { text, number, worth } of query) {
    squares += worth * worth;
    if (number >= 0) knownSquares += worth * worth;
    if (text.startsWith('?')) continue;
    ideal += worth;
    if (number >= 0) addPostings(index, number, worth, covers);
  }
  const length = Math.sqrt(squares);
  const knownLength = Math.sqrt(knownSquares) || 1;
  const known = query.filter(({ number }) => number >= 0);
  const counted = known.map(({ number, worth }) => ({ number, share: worth / knownLength }));
  const asked = { terms: known.map(({ number }) => number), length };
  const products = new Float32Array(phrases.most);
  const compared = best(covers, candidates).map((entry) => {
    const { nearest, next, held } = comparePhrases(phrases, entry, index.worth, asked, products);
    const topic = topics.ofEntry[entry] ?? 0;
    const weight = topics.weights[topic] ?? 1;
    const share = nearestShare(weight);
    const likeness = share * nearest + (1 - share) * next;
    const odds = logOdds(counted, held, { entry, weight }, phrases.mass);
    return { entry, topic, cover: (covers[entry] ?? 0) / ideal, likeness, odds };
  });
  return withShares(compared, spelling).sort((a, b) => b.topicShare - a.topicShare || a.entry - b.entry);
}

/** An entry compared with a question by itself. */
interface Compared extends Pick<Ranked, 'entry' | 'cover' | 'likeness'> {
  readonly topic: number;
  readonly odds: number;
}

/** Turns what speaks for each entry into its topic's share among those ranked: a topic counts by its best entry. */
function withShares(compared: readonly Compared[], learned: Float64Array): Ranked[] {
  const beliefs = shareByTopic(compared, fromLogOdds(compared.map(({ odds }) => odds)));
  const ofTopic = new Map<number, number>();
  const weighed = compared.map(({ entry, topic, cover, likeness }) => {
    const judgement = { cover, likeness, belief: beliefs.get(topic) ?? 0, spelling: learned[topic] ?? 0 };
    const weight = Math.exp(speaksFor(judgement));
    ofTopic.set(topic, Math.max(weight, ofTopic.get(topic) ?? 0));
    return { weight, ranked: { entry, ...judgement } };
  });
  const total = [...ofTopic.values()].reduce((sum, weight) => sum + weight, 0);
  return weighed.map(({ weight, ranked }) => ({ ...ranked, topicShare: weight / total }));
}

/** Each topic's share of all weights, 0 to 1. */
function shareByTopic(items: readonly Compared[], weights: readonly number[]): Map<number, number> {
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  const shares = new Map<number, number>();
  for (const [place, { topic }] of items.entries()) {
    shares.set(topic, (shares.get(topic) ?? 0) + (weights[place] ?? 0) / total);
  }
  return shares;
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

function addPostings(index: EntryIndex, term: number, worth: number, covers: Float32Array): void {
  const end = index.starts[term + 1] ?? 0;
  for (let at = index.starts[term] ?? 0; at < end; at++) {
    const entry = index.entries[at] ?? 0;
    covers[entry] = (covers[entry] ?? 0) + worth * (index.impacts[at] ?? 0);
  }
}

function best(covers: Float32Array, count: number): number[] {
  const byCover = (a: number, b: number): number => (covers[b] ?? 0) - (covers[a] ?? 0) || a - b;
  const found: number[] = [];
  let least = 0;
  for (let entry = 0; entry < covers.length; entry++) {
    if ((covers[entry] ?? 0) <= least) continue;
    found.push(entry);
    if (found.length < 2 * count) continue;
    found.sort(byCover).length = count;
    least = covers[found[count - 1] ?? 0] ?? 0;
  }
  return found.sort(byCover).slice(0, count);
}
