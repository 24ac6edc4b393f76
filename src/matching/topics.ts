import type { Entry } from '../knowledge/entry.ts';

/** The topics of a book, for what all phrasings of a topic say. */
export interface Topics {
  /** Each entry's topic, by the entry's place in the book. A signpost has none: those of a chapter take part as one. */
  readonly names: readonly string[];
  /** What a phrasing of a topic counts for: 1, or more where the topic has few phrasings beside the others. */
  readonly weights: ReadonlyMap<string, number>;
}

/** A topic has few phrasings where it has less than this share of the average topic's. */
const few = 1 / 3;

/**
 * Reads the topics of a book. A team's own entries have a handful of phrasings beside the hundred of a shipped topic:
 * counted alike, they would lose even the questions that they are about.
 */
export function readTopics(book: readonly Entry[]): Topics {
  const names = book.map(({ topic, chapter }) => topic ?? chapter);
  const counts = new Map<string, number>();
  let total = 0;
  for (const [place, { phrasings }] of book.entries()) {
    const name = names[place] ?? '';
    const count = phrasings.length + 1;
    counts.set(name, (counts.get(name) ?? 0) + count);
    total += count;
  }
  const enough = (few * total) / Math.max(1, counts.size);
  return { names, weights: new Map([...counts].map(([name, count]) => [name, Math.max(1, enough / count)])) };
}
