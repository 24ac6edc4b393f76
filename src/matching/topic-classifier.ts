import type { Shaped } from './model/packed.ts';
import type { CountedTerm } from './naive-bayes.ts';

/** What each term says for and against each topic, learned from phrasings. */
export const topicClassifier = {
  /**
   * Log odds, one number a topic for each term: those of term t stand from t times the number of topics. They are most of
   * what a start has to read, and half as many digits tell topics apart as well.
   */
  weights: 'f16',
  /** One number a topic. */
  constants: 'f32',
} as const;

/** See `topicClassifier`. */
export type TopicClassifier = Shaped<typeof topicClassifier>;

/** Texts as vectors that are zero but for few places, laid out flat. */
export interface SparseRows {
  /** The terms of row r stand from `starts[r]` to `starts[r + 1]`. */
  readonly starts: Uint32Array;
  readonly terms: Uint32Array;
  readonly shares: Float32Array;
}

/** A round takes one step for each term of each row and each topic; 500 million take some seconds at most. */
const mostSteps = 500_000_000;
const rate = 0.6;
const constantRate = 0.05;
/** A topic's probability that is as near to the truth as this teaches nothing more. */
const tolerance = 0.01;

/** Lays out rows, each the terms of one text. */
export function layOutRows(rows: Iterable<readonly CountedTerm[]>): SparseRows {
  const starts = [0];
  const terms: number[] = [];
  const shares: number[] = [];
  for (const row of rows) {
    for (const { number, share } of row) {
      terms.push(number);
      shares.push(share);
    }
    starts.push(terms.length);
  }
  return { starts: Uint32Array.from(starts), terms: Uint32Array.from(terms), shares: Float32Array.from(shares) };
}

/**
 * Learns to tell topics apart: multinomial logistic regression by stochastic gradient descent, each weight at a rate of
 * its own (Duchi and others, "Adaptive Subgradient Methods for Online Learning", 2011). Unlike naive Bayes it learns
 * which terms set two topics apart. The same rows give the same classifier.
 * @param rows phrasings as vectors of length 1, in an order without pattern
 * @param labels each row's topic
 * @param size how many topics and terms there are, and how often to go over the rows; less often where they are very many
 */
export function trainTopics(
  rows: SparseRows,
  labels: Uint16Array,
  size: { readonly topics: number; readonly terms: number; readonly rounds: number },
  onRound: () => void = () => undefined,
): TopicClassifier {
  const width = size.topics;
  const shares = weighLabels(labels, width);
  const weights = new Float32Array(size.terms * width);
  const squares = new Float32Array(weights.length);
  const constants = new Float32Array(width);
  const constantSquares = new Float32Array(width).fill(1);
  const guess = new Float64Array(width);
  const wrongTopics = new Uint16Array(width);
  const errors = new Float32Array(width);

  function learn(row: number, label: number): void {
    const from = rows.starts[row] ?? 0;
    const to = rows.starts[row + 1] ?? 0;
    guess.set(constants);
    addTerms(guess, weights, rows, from, to);
    toShares(guess);
    let wrong = 0;
    for (let topic = 0; topic < width; topic++) {
      const error = (shares[label] ?? 0) * ((guess[topic] ?? 0) - (topic === label ? 1 : 0));
      if (Math.abs(error) < tolerance) continue;
      descend(constants, constantSquares, topic, error, constantRate);
      wrongTopics[wrong] = topic;
      errors[wrong++] = error;
    }
    for (let at = from; at < to; at++) {
      const first = (rows.terms[at] ?? 0) * width;
      const share = rows.shares[at] ?? 0;
      for (let place = 0; place < wrong; place++) {
        descend(weights, squares, first + (wrongTopics[place] ?? 0), (errors[place] ?? 0) * share, rate);
      }
    }
  }

  const rounds = Math.max(1, Math.min(size.rounds, Math.floor(mostSteps / (rows.terms.length * width || 1))));
  for (let round = 0; round < rounds; round++) {
    for (const [row, label] of labels.entries()) learn(row, label);
    onRound();
  }
  return { weights: new Float16Array(weights), constants };
}

/**
 * Tells how probable each topic is for a text.
 * @param terms the text's, as a vector of length 1
 * @returns 0 to 1 by topic, in all 1
 */
export function classify(classifier: TopicClassifier, terms: readonly CountedTerm[]): Float64Array {
  const odds = Float64Array.from(classifier.constants);
  for (const { number, share } of terms) addRow(odds, classifier.weights, number * odds.length, share);
  toShares(odds);
  return odds;
}

/** What each topic's rows count for: those of a topic with few count more. */
function weighLabels(labels: Uint16Array, topics: number): Float32Array {
  const counts = new Float32Array(topics);
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  const average = labels.length / Math.max(1, topics);
  return counts.map((count) => Math.max(1, Math.sqrt(average / (count || 1))));
}

/** Adds the weights of a row's terms, four at a time: so the sums are read and written a quarter as often. */
function addTerms(sums: Float64Array, weights: Float32Array, rows: SparseRows, from: number, to: number): void {
  const width = sums.length;
  const { terms, shares } = rows;
  let at = from;
  for (; at + 3 < to; at += 4) {
    const first = (terms[at] ?? 0) * width;
    const second = (terms[at + 1] ?? 0) * width;
    const third = (terms[at + 2] ?? 0) * width;
    const fourth = (terms[at + 3] ?? 0) * width;
    const ofFirst = shares[at] ?? 0;
    const ofSecond = shares[at + 1] ?? 0;
    const ofThird = shares[at + 2] ?? 0;
    const ofFourth = shares[at + 3] ?? 0;
    for (let place = 0; place < width; place++) {
      sums[place] =
        (sums[place] ?? 0) +
        ofFirst * (weights[first + place] ?? 0) +
        ofSecond * (weights[second + place] ?? 0) +
        ofThird * (weights[third + place] ?? 0) +
        ofFourth * (weights[fourth + place] ?? 0);
    }
  }
  for (; at < to; at++) addRow(sums, weights, (terms[at] ?? 0) * width, shares[at] ?? 0);
}

function addRow(sums: Float64Array, rows: Float16Array | Float32Array, from: number, factor: number): void {
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
function toShares(odds: Float64Array): void {
  let most = Number.NEGATIVE_INFINITY;
  for (const value of odds) if (value > most) most = value;
  let total = 0;
  for (let place = 0; place < odds.length; place++) {
    const share = Math.exp((odds[place] ?? 0) - most);
    odds[place] = share;
    total += share;
  }
  for (let place = 0; place < odds.length; place++) odds[place] = (odds[place] ?? 0) / total;
}
