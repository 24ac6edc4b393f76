import type { Entry } from '../knowledge/entry.ts';
import type { CountedTerm } from './naive-bayes.ts';
import { cleanQuestion } from './question.ts';
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

/** Grams are told apart by a number of so many bits: what shares one is rare enough to do no harm. */
const bits = 16;
/** How many different numbers a gram can have. */
export const gramCount = 2 ** bits;

/** Runs of four tell topics apart as well as those of three to five together, at less than half the cost. */
const runLength = 4;
/** How much of a text is read: a pasted log says again and again what its first lines say. */
const longestText = 500;

/**
 * Reads a text as it is spelled: the runs of four characters of each of its words (Bojanowski and others,
 * "Enriching Word Vectors with Subword Information", 2017), and its words and pairs of neighbours as they stand, small
 * words too. So `mounting` and `mounted` are partly alike, and "how to" and "won't" count. Grams are numbers, not text
 * (Weinberger and others, "Feature Hashing for Large Scale Multitask Learning", 2009).
 * @param text clean lower-case text
 * @returns each gram once, its share as a part of a vector of length 1; empty for an empty text
 */
export function characterGrams(text: string): CountedTerm[] {
  const words = text.slice(0, longestText).match(/[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? [];
  const grams: number[] = [];
  let before: number | null = null;
  for (const word of words) {
    addRuns(word, grams);
    if (!/[\p{L}\p{N}]/u.test(word)) continue;
    if (before !== null) grams.push(toGram(hash(word, hash(' ', before))));
    before = hash(word, wordMark);
    grams.push(toGram(before));
  }
  return countGrams(Uint16Array.from(grams).sort());
}

/** Adds a word's runs of characters, its ends marked by spaces; a short word is one run. */
function addRuns(word: string, grams: number[]): void {
  const marked = ` ${word} `;
  const last = Math.max(0, marked.length - runLength);
  for (let from = 0; from <= last; from++) grams.push(toGram(hash(marked, start, from, from + runLength)));
}

/** Counts grams in ascending order. */
function countGrams(grams: Uint16Array): CountedTerm[] {
  const counted: { number: number; share: number }[] = [];
  let squares = 0;
  for (let from = 0, to = 0; from < grams.length; from = to) {
    const number = grams[from] ?? 0;
    while (grams[to] === number) to++;
    squares += (to - from) ** 2;
    counted.push({ number, share: to - from });
  }
  const length = Math.sqrt(squares);
  for (const each of counted) each.share /= length;
  return counted;
}

const start = 0x811c9dc5;
/** Tells a whole word from a run of the same letters. */
const wordMark = hash('=', start);

/** Goes on from the hash of what stands before (FNV-1a by Fowler, Noll and Vo): no text is put together for it. */
function hash(text: string, before: number, from = 0, to = text.length): number {
  const end = Math.min(to, text.length);
  let value = before;
  for (let at = from; at < end; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value;
}

/** Spreads hashes evenly over the numbers. */
function toGram(value: number): number {
  return (value ^ (value >>> bits)) & (gramCount - 1);
}
