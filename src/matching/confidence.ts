import type { QueryTerm, Ranked } from './ranking.ts';

/** What tells how sure the first candidate is. */
export interface Evidence {
  readonly first: Omit<Ranked, 'entry'>;
  /** The score of the best candidate on another topic. */
  readonly second: number;
  /** The score of the best signpost. */
  readonly signpost: number;
  readonly docker: boolean;
  readonly foreign: boolean;
}

/**
 * Coefficients of a logistic regression that tells whether the first candidate's topic is right, fitted on labelled
 * questions in and out of the book (`npm run evaluate` measures what comes of it).
 */
const coefficients = {
  constant: -2.17,
  score: 2.28,
  lead: 1.99,
  likeness: 0.88,
  cover: 3.68,
  known: -1.62,
  signpostLead: -5.13,
  docker: 1.19,
  foreign: -1.74,
} as const;

/** A lead counts up to this much: beyond it, more lead says nothing more. */
const mostLead = 0.4;

/** The probability, 0 to 1, that the first candidate is right. */
export function confidenceOf(query: readonly QueryTerm[], evidence: Evidence): number {
  const { first, second, signpost, docker, foreign } = evidence;
  const sum =
    coefficients.constant +
    coefficients.score * first.score +
    coefficients.lead * Math.min(mostLead, first.score - second) +
    coefficients.likeness * first.likeness +
    coefficients.cover * first.cover +
    coefficients.known * knownShare(query) +
    coefficients.signpostLead * Math.max(0, signpost - first.score) +
    (docker ? coefficients.docker : 0) +
    (foreign ? coefficients.foreign : 0);
  return 1 / (1 + Math.exp(-sum));
}

/** How much of the question's single words the book knows, rare words counting more; 0 to 1. */
function knownShare(query: readonly QueryTerm[]): number {
  const words = query.filter(({ text }) => !/[?~ ]/.test(text));
  const total = words.reduce((sum, word) => sum + word.rarity, 0);
  const known = words.filter((word) => word.number >= 0).reduce((sum, word) => sum + word.rarity, 0);
  return total > 0 ? known / total : 0;
}
