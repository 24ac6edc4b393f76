import type { Entry } from '../knowledge/entry.ts';
import { characterGrams, gramCount } from './character-grams.ts';
import { cleanQuestion } from './cleaning.ts';
import { layOutRows } from './sparse-rows.ts';
import { classify, type TopicClassifier, trainTopics } from './topic-classifier.ts';
import { chooseExamples } from './topic-examples.ts';
import type { Topics } from './topics.ts';

/** How often all phrasings are gone over: until nothing more is learned that helps on other questions. */
export const spellingRounds = 3;

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
export function judgeSpelling(spelling: TopicClassifier, text: string): Float32Array {
  return classify(spelling, characterGrams(text));
}
