import type { Entry } from '../knowledge/entry.ts';
import type { Shaped } from './model/packed.ts';

/** The topics of a book, for what all phrasings of a topic say. Topics are numbers. */
export const topics = {
  /** Each entry's topic, by the entry's place in the book. A signpost has none: those of a chapter take part as one. */
  ofEntry: 'u16',
  /** What a phrasing of a topic counts for: 1, or more where a team's own topic has few phrasings beside the others. */
  weights: 'f64',
} as const;

/** See `topics`. */
export type Topics = Shaped<typeof topics>;

/** A team's own topic has few phrasings where it has less than this share of the average topic's. */
const few = 1 / 3;

/**
 * Reads the topics of a book. A team's own entries have a handful of phrasings beside the hundred of a shipped topic:
 * counted alike, they would lose even the questions that they are about. Shipped topics count alike, however young.
 */
export function readTopics(book: readonly Entry[]): Topics {
  const names = book.map(({ topic, chapter }) => topic ?? chapter);
  const numbers = new Map([...new Set(names)].sort().map((name, number) => [name, number]));
  const ofEntry = Uint16Array.from(names, (name) => numbers.get(name) ?? 0);
  const counts = new Float64Array(numbers.size);
  const shipped = new Set(book.flatMap(({ own }, place) => (own ? [] : [ofEntry[place]])));
  let total = 0;
  for (const [place, { phrasings }] of book.entries()) {
    const topic = ofEntry[place] ?? 0;
    const count = phrasings.length + 1;
    counts[topic] = (counts[topic] ?? 0) + count;
    total += count;
  }
  const enough = (few * total) / Math.max(1, numbers.size);
  return { ofEntry, weights: counts.map((count, topic) => (shipped.has(topic) ? 1 : Math.max(1, enough / count))) };
}
