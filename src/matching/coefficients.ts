import type { Coefficients } from './confidence.ts';

// Written by `npm run calibrate -- --update`, which fits them to the book's phrasings and our own questions.

/** Tells how probable it is that the first candidate is right. */
export const firstIsRight: Coefficients = {
  constant: -0.59,
  odds: 1.63,
  belief: -0.83,
  signpostOdds: -0.23,
  signpostLikeness: -0.27,
  known: 0.49,
  named: 0.26,
  subjects: 0.3,
  strange: -0.39,
  brevity: -0.56,
};

/** Tells how probable it is that the book answers the question at all. */
export const isInBook: Coefficients = {
  constant: -0.74,
  odds: 0.32,
  belief: -0.64,
  signpostOdds: -1.67,
  signpostLikeness: -0.55,
  known: 0.9,
  named: 0.65,
  subjects: 0.89,
  strange: -0.79,
  brevity: -1.74,
};
