import type { Entry } from '../knowledge/entry.ts';
import { seededShuffle } from './seeded-shuffle.ts';

/** A phrasing of an entry, to learn its topic from. */
export interface TopicExample {
  /** Its place among all phrasings of the book: entry by entry, the title first. */
  readonly phrase: number;
  readonly text: string;
  readonly topic: string;
}

/** How many phrasings of a topic are learned from: many more than a book by hand has, few enough to load a huge one. */
const mostOfTopic = 6000;

/**
 * Chooses the phrasings from which topics are learned: all of a topic, or of one with very many as many by chance.
 * @param topicOf each entry's topic, by the entry's place in the book
 * @returns in an order without pattern, always the same for the same book
 */
export function chooseExamples(book: readonly Entry[], topicOf: readonly string[]): TopicExample[] {
  const starts = [0];
  for (const { phrasings } of book) starts.push((starts.at(-1) ?? 0) + 1 + phrasings.length);
  const entryOf = new Uint32Array(starts.at(-1) ?? 0);
  for (const entry of book.keys()) entryOf.fill(entry, starts[entry], starts[entry + 1]);
  const chosen = new Map<string, number>();
  const examples: TopicExample[] = [];
  for (const phrase of seededShuffle(entryOf.length)) {
    const entry = entryOf[phrase] ?? 0;
    const topic = topicOf[entry] ?? '';
    const before = chosen.get(topic) ?? 0;
    if (before === mostOfTopic) continue;
    chosen.set(topic, before + 1);
    examples.push({ phrase, text: textOf(book[entry], phrase - (starts[entry] ?? 0)), topic });
  }
  return examples;
}

function textOf(entry: Entry | undefined, place: number): string {
  return (place === 0 ? entry?.title : entry?.phrasings[place - 1]) ?? '';
}
