import type { Coefficients } from './evidence.ts';

// Written by `npm run calibrate -- --update`, which fits them to the book's phrasings and our own questions.

/** Tells how probable it is that the first candidate is right. */
export const firstIsRight: Coefficients = {
  constant: -1.03,
  odds: 1.38,
  belief: -0.37,
  signpostOdds: -0.2,
  signpostLikeness: -0.2,
  known: 0.49,
  named: 0.25,
  subjects: 0.25,
  strange: -0.36,
  brevity: -0.24,
};

/** Tells how probable it is that the book answers the question at all. */
export const isInBook: Coefficients = {
  constant: -0.95,
  odds: 0.16,
  belief: -0.32,
  signpostOdds: -1.52,
  signpostLikeness: -0.58,
  known: 0.95,
  named: 0.56,
  subjects: 0.97,
  strange: -0.8,
  brevity: -1.46,
};
