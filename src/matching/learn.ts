import type { Entry } from '../knowledge/entry.ts';
import { buildEntryIndex, entryIndex, readEntryTerms } from './entry-index.ts';
import { listedQuestions, listQuestions } from './listed-questions.ts';
import { shelveWords, spellerWords } from './mend-words.ts';
import type { Shaped } from './model/packed.ts';
import { buildPhraseIndex, phraseIndex } from './phrase-index.ts';
import { readAsked } from './question.ts';
import { learnSpelling, spellingRounds } from './spelling.ts';
import { createVocabulary, layOutStrings, stringTable } from './string-table.ts';
import { createStemmer } from './terms.ts';
import { topicClassifier } from './topic-classifier.ts';
import { readTopics, topics } from './topics.ts';

/** What matching learns from a book, by which it answers: numbers and texts alone, so that a file can hold it. */
export const learnedModel = {
  /** The terms of the book; what stands below knows them by their numbers. */
  vocabulary: stringTable,
  words: spellerWords,
  listed: listedQuestions,
  index: entryIndex,
  phrases: phraseIndex,
  topics,
  spelling: topicClassifier,
} as const;

/** See `learnedModel`. */
export type LearnedModel = Shaped<typeof learnedModel>;

/**
 * Learns a book. The same entries in the same order give the same model.
 * @param onProgress told now and then how much is done, from 0 to 1
 */
export function learn(book: readonly Entry[], onProgress: (share: number) => void = () => undefined): LearnedModel {
  const vocabulary = createVocabulary();
  const words = new Set<string>();
  const stemOf = createStemmer();
  const asked = book.map(readAsked);
  const read = book.map((entry, place) => readEntryTerms(entry, asked[place] ?? [], vocabulary, words, stemOf));
  const index = buildEntryIndex(read, vocabulary);
  const topicsOfBook = readTopics(book);
  let rounds = 0;
  const onRound = () => onProgress(++rounds / spellingRounds);
  return {
    vocabulary: layOutStrings(vocabulary.terms()),
    words: shelveWords(words),
    listed: listQuestions(asked),
    index,
    phrases: buildPhraseIndex(read, index.worth),
    topics: topicsOfBook,
    spelling: learnSpelling(book, topicsOfBook, onRound),
  };
}
