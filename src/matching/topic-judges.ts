import type { Entry } from '../knowledge/entry.ts';
import { characterGrams, gramCount } from './character-grams.ts';
import type { CountedTerm } from './naive-bayes.ts';
import { unitVector } from './phrase-index.ts';
import { layOutRows, type SparseRows } from './sparse-rows.ts';
import { classify, trainTopics } from './topic-classifier.ts';
import { chooseExamples, type TopicExample } from './topic-examples.ts';
import type { Topics } from './topics.ts';

/** How probable each topic is for a question, 0 to 1 by topic. */
export interface Judgements {
  /** As learned from the terms of all phrasings. */
  readonly wording: ReadonlyMap<string, number>;
  /** As learned from how all phrasings are spelled. */
  readonly spelling: ReadonlyMap<string, number>;
}

/** How often each judge goes over all phrasings: until it learns nothing more that helps on other questions. */
const rounds = { wording: 6, spelling: 3 } as const;

const nothing = new Uint32Array();

/**
 * Trains two classifiers to tell a book's topics apart: one by terms, one by character grams.
 * @param phrases the terms of every phrasing, entry by entry
 * @param worth what each term is worth
 * @returns judges a question by its terms, as a vector of length 1, and its text
 */
export function trainJudges(
  book: readonly Entry[],
  topics: Topics,
  phrases: readonly Uint32Array[],
  worth: Float32Array,
): (terms: readonly CountedTerm[], text: string) => Judgements {
  const examples = chooseExamples(book, topics.names);
  const topicOf = examples.map(({ topic }) => topic);
  const byTerms = termRows(examples, phrases, worth);
  const wording = trainTopics(byTerms, topicOf, { terms: worth.length, rounds: rounds.wording });
  const byGrams = layOutRows(examples.map(({ text }) => characterGrams(text)));
  const spelling = trainTopics(byGrams, topicOf, { terms: gramCount, rounds: rounds.spelling });
  return (terms, text) => ({
    wording: classify(wording, terms),
    spelling: classify(spelling, characterGrams(text)),
  });
}

/** In a function of its own: what it closes over would live as long as the judges, and a large book has many phrasings. */
function termRows(examples: readonly TopicExample[], phrases: readonly Uint32Array[], worth: Float32Array): SparseRows {
  return layOutRows(examples.map(({ phrase }) => unitVector(phrases[phrase] ?? nothing, worth)));
}
