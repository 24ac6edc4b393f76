import type { Entry } from '../knowledge/entry.ts';
import { characterGrams, gramCount } from './character-grams.ts';
import { cleanQuestion } from './cleaning.ts';
import { hashText } from './text-hash.ts';
import { classify, layOutRows, type TopicClassifier, trainTopics } from './topic-classifier.ts';
import type { Topics } from './topics.ts';

/** How often all phrasings are gone over: until nothing more is learned that helps on other questions. */
export const spellingRounds = 2;

/**
 * Learns how questions on each topic are spelled, from all phrasings.
 * @param onRound called after each of `spellingRounds`, or fewer where the phrasings are very many
 */
export function learnSpelling(book: readonly Entry[], topics: Topics, onRound: () => void): TopicClassifier {
  const examples = chooseExamples(book, topics.ofEntry);
  const rows = layOutRows(examples.map(({ text }) => characterGrams(cleanQuestion(text))));
  const labels = Uint16Array.from(examples, ({ topic }) => topic);
  const size = { topics: topics.weights.length, terms: gramCount, rounds: spellingRounds };
  return trainTopics(rows, labels, size, onRound);
}

/**
 * Judges a text by how it is spelled.
 * @param text clean lower-case text
 * @returns how probable each topic is, 0 to 1
 */
export function judgeSpelling(spelling: TopicClassifier, text: string): Float64Array {
  return classify(spelling, characterGrams(text));
}

/** A phrasing of an entry, to learn its topic from. */
export interface TopicExample {
  readonly text: string;
  readonly topic: number;
}

/** How many phrasings of a topic are learned from: many more than a book by hand has, few enough to load a huge one. */
const mostOfTopic = 6000;

/**
 * Chooses the phrasings from which topics are learned: all of a topic, or of one with very many as many by chance.
 * @param topicOf each entry's topic, by the entry's place in the book
 * @returns in an order without pattern that depends on the texts alone: where a phrasing stands changes nothing
 */
export function chooseExamples(book: readonly Entry[], topicOf: Uint16Array): TopicExample[] {
  const starts = [0];
  for (const { phrasings } of book) starts.push((starts.at(-1) ?? 0) + 1 + phrasings.length);
  const entryOf = new Uint32Array(starts.at(-1) ?? 0);
  for (const entry of book.keys()) entryOf.fill(entry, starts[entry], starts[entry + 1]);
  const chosen = new Map<number, number>();
  const examples: TopicExample[] = [];
  const textAt = (phrase: number): string => {
    const entry = entryOf[phrase] ?? 0;
    return textOf(book[entry], phrase - (starts[entry] ?? 0));
  };
  const hashes = Uint32Array.from(entryOf, (_, phrase) => hashText(textAt(phrase)));
  const order = Uint32Array.from(entryOf, (_, phrase) => phrase);
  order.sort((a, b) => (hashes[a] ?? 0) - (hashes[b] ?? 0) || a - b);
  for (const phrase of order) {
    const entry = entryOf[phrase] ?? 0;
    const topic = topicOf[entry] ?? 0;
    const before = chosen.get(topic) ?? 0;
    if (before === mostOfTopic) continue;
    chosen.set(topic, before + 1);
    examples.push({ text: textAt(phrase), topic });
  }
  return examples;
}

function textOf(entry: Entry | undefined, place: number): string {
  return (place === 0 ? entry?.title : entry?.phrasings[place - 1]) ?? '';
}
