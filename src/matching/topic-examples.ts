import type { Entry } from '../knowledge/entry.ts';
import { seededShuffle } from './seeded-shuffle.ts';

/** A phrasing of an entry, to learn its topic from. */
export interface TopicExample {
  /** Its place among all phrasings of the book: entry by entry, the title first, then the asks. */
  readonly phrase: number;
  readonly text: string;
  readonly topic: string;
}

/** How many phrasings of a topic are learned from: many more than a book by hand has, few enough to load a huge one. */
const mostOfTopic = 2000;

/**
 * Chooses the phrasings from which topics are learned: all of a topic, or of one with very many as many by chance.
 * @param topicOf each entry's topic, by the entry's place in the book
 * @returns in an order without pattern, always the same for the same book
 */
export function chooseExamples(book: readonly Entry[], topicOf: readonly string[]): TopicExample[] {
  const phrasings = book.flatMap(({ title, asks }, entry) =>
    [title, ...asks].map((text) => ({ text, topic: topicOf[entry] ?? '' })),
  );
  const chosen = new Map<string, number>();
  const examples: TopicExample[] = [];
  for (const phrase of seededShuffle(phrasings.length)) {
    const phrasing = phrasings[phrase];
    if (!phrasing) continue;
    const before = chosen.get(phrasing.topic) ?? 0;
    if (before === mostOfTopic) continue;
    chosen.set(phrasing.topic, before + 1);
    examples.push({ ...phrasing, phrase });
  }
  return examples;
}
