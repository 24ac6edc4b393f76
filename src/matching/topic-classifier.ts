import type { CountedTerm } from './naive-bayes.ts';
import type { PhraseIndex } from './phrase-index.ts';
import { seededShuffle } from './seeded-shuffle.ts';

/** What each term says for and against each topic, learned from all phrasings of a book. */
export interface TopicClassifier {
  readonly topics: readonly string[];
  /** Log odds, one number a topic for each term: those of term t stand from `t * topics.length`. */
  readonly weights: Float32Array;
  readonly constants: Float32Array;
}

const mostRounds = 6;
/** A round takes one step for each term of each phrasing and each topic; 100 million take some seconds at most. */
const mostSteps = 100_000_000;
const rate = 0.2;
const constantRate = 0.05;
/** A topic's probability that is as near to the truth as this teaches nothing more. */
const tolerance = 0.002;

/**
 * Learns to tell topics apart by their phrasings: multinomial logistic regression by stochastic gradient descent, each
 * weight at a rate of its own (Duchi and others, "Adaptive Subgradient Methods for Online Learning", 2011). Unlike naive
 * Bayes it learns which words set two topics apart. The same book gives the same classifier.
 * @param worth what each term is worth
 * @param topicOf each entry's topic, by the entry's place in the book
 */
export function trainTopics(phrases: PhraseIndex, worth: Float32Array, topicOf: readonly string[]): TopicClassifier {
  const topics = [...new Set(topicOf)];
  const width = topics.length;
  const { labels, shares } = labelPhrases(phrases, topicOf, topics);
  const weights = new Float32Array(worth.length * width);
  const squares = new Float32Array(weights.length);
  const constants = new Float32Array(width);
  const constantSquares = new Float32Array(width).fill(1);
  const guess = new Float32Array(width);

  function learn(phrase: number): void {
    const label = labels[phrase] ?? 0;
    const from = phrases.termStarts[phrase] ?? 0;
    const to = phrases.termStarts[phrase + 1] ?? 0;
    const norm = phrases.norms[phrase] || 1;
    guess.set(constants);
    for (let at = from; at < to; at++) {
      const term = phrases.terms[at] ?? 0;
      addRow(guess, weights, term * width, (worth[term] ?? 0) / norm);
    }
    toShares(guess);
    for (let topic = 0; topic < width; topic++) {
      const error = (shares[label] ?? 0) * ((guess[topic] ?? 0) - (topic === label ? 1 : 0));
      if (Math.abs(error) < tolerance) continue;
      descend(constants, constantSquares, topic, error, constantRate);
      for (let at = from; at < to; at++) {
        const term = phrases.terms[at] ?? 0;
        descend(weights, squares, term * width + topic, (error * (worth[term] ?? 0)) / norm, rate);
      }
    }
  }

  const order = seededShuffle(labels.length);
  const rounds = Math.max(1, Math.min(mostRounds, Math.floor(mostSteps / (phrases.terms.length * width || 1))));
  for (let round = 0; round < rounds; round++) for (const phrase of order) learn(phrase);
  return { topics, weights, constants };
}

/**
 * Tells how probable each topic is for a question.
 * @returns 0 to 1 by topic, in all 1
 */
export function classify(classifier: TopicClassifier, terms: readonly CountedTerm[]): Map<string, number> {
  const odds = Float32Array.from(classifier.constants);
  for (const { number, share } of terms) addRow(odds, classifier.weights, number * odds.length, share);
  toShares(odds);
  return new Map(classifier.topics.map((topic, place) => [topic, odds[place] ?? 0]));
}

/** Each phrasing's topic by its place, and what each topic's phrasings count for: those of a topic with few count more. */
function labelPhrases(
  phrases: PhraseIndex,
  topicOf: readonly string[],
  topics: readonly string[],
): { labels: Uint16Array; shares: Float32Array } {
  const places = new Map(topics.map((topic, place) => [topic, place]));
  const labels = new Uint16Array(phrases.norms.length);
  const counts = new Float32Array(topics.length);
  for (const [entry, topic] of topicOf.entries()) {
    const place = places.get(topic) ?? 0;
    const from = phrases.phraseStarts[entry] ?? 0;
    const to = phrases.phraseStarts[entry + 1] ?? 0;
    labels.fill(place, from, to);
    counts[place] = (counts[place] ?? 0) + to - from;
  }
  const average = labels.length / Math.max(1, topics.length);
  return { labels, shares: counts.map((count) => Math.sqrt(average / (count || 1))) };
}

function addRow(sums: Float32Array, rows: Float32Array, from: number, factor: number): void {
  for (let place = 0; place < sums.length; place++) {
    sums[place] = (sums[place] ?? 0) + factor * (rows[from + place] ?? 0);
  }
}

function descend(values: Float32Array, squares: Float32Array, place: number, slope: number, pace: number): void {
  const square = (squares[place] ?? 0) + slope * slope;
  squares[place] = square;
  values[place] = (values[place] ?? 0) - (pace * slope) / Math.sqrt(square + Number.EPSILON);
}

/** Turns log odds into shares that add up to 1. */
function toShares(odds: Float32Array): void {
  const most = odds.reduce((greatest, value) => Math.max(greatest, value), Number.NEGATIVE_INFINITY);
  let total = 0;
  for (let place = 0; place < odds.length; place++) {
    const share = Math.exp((odds[place] ?? 0) - most);
    odds[place] = share;
    total += share;
  }
  for (let place = 0; place < odds.length; place++) odds[place] = (odds[place] ?? 0) / total;
}
