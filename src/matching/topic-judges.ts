import type { Entry } from '../knowledge/entry.ts';
import { characterGrams, gramCount } from './character-grams.ts';
import type { CountedTerm } from './naive-bayes.ts';
import type { Shaped } from './packed.ts';
import { unitVector } from './phrase-index.ts';
import { layOutRows, type SparseRows } from './sparse-rows.ts';
import { classify, topicClassifier, trainTopics } from './topic-classifier.ts';
import { chooseExamples, type TopicExample } from './topic-examples.ts';
import type { Topics } from './topics.ts';

/** Two classifiers that tell a book's topics apart: by the terms of all phrasings, and by how they are spelled. */
export const topicJudges = { wording: topicClassifier, spelling: topicClassifier } as const;

/** See `topicJudges`. */
export type TopicJudges = Shaped<typeof topicJudges>;

/** How probable each topic is for a question, 0 to 1 by topic. */
export interface Judgements {
  /** As learned from the terms of all phrasings. */
  readonly wording: Float32Array;
  /** As learned from how all phrasings are spelled. */
  readonly spelling: Float32Array;
}

/** How often each judge goes over all phrasings: until it learns nothing more that helps on other questions. */
const rounds = { wording: 6, spelling: 3 } as const;
/** How often they go over them in all. */
export const allRounds = rounds.wording + rounds.spelling;

const nothing = new Uint32Array();

/**
 * Trains the judges.
 * @param phrases the terms of every phrasing, entry by entry
 * @param worth what each term is worth
 * @param onRound called after each of `allRounds`, or fewer where the phrasings are very many
 */
export function trainJudges(
  book: readonly Entry[],
  topics: Topics,
  phrases: readonly Uint32Array[],
  worth: Float32Array,
  onRound: () => void,
): TopicJudges {
  const examples = chooseExamples(book, topics.ofEntry);
  const labels = Uint16Array.from(examples, ({ topic }) => topic);
  const size = { topics: topics.weights.length };
  const byTerms = termRows(examples, phrases, worth);
  const wording = trainTopics(byTerms, labels, { ...size, terms: worth.length, rounds: rounds.wording }, onRound);
  const byGrams = layOutRows(examples.map(({ text }) => characterGrams(text)));
  const spelling = trainTopics(byGrams, labels, { ...size, terms: gramCount, rounds: rounds.spelling }, onRound);
  return { wording, spelling };
}

/** Judges a question by its terms, as a vector of length 1, and its text. */
export function judgeTopics(judges: TopicJudges, terms: readonly CountedTerm[], text: string): Judgements {
  return {
    wording: classify(judges.wording, terms),
    spelling: classify(judges.spelling, characterGrams(text)),
  };
}

/** In a function of its own: what it closes over would live as long as the judges, and a large book has many phrasings. */
function termRows(examples: readonly TopicExample[], phrases: readonly Uint32Array[], worth: Float32Array): SparseRows {
  return layOutRows(examples.map(({ phrase }) => unitVector(phrases[phrase] ?? nothing, worth)));
}
