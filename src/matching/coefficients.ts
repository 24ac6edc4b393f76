import type { Coefficients } from './confidence.ts';

// Written by `npm run calibrate -- --update`, which fits them to the book's phrasings and our own questions.

/** Tells how probable it is that the first candidate is right. */
export const firstIsRight: Coefficients = {
  constant: -0.57,
  odds: 1.59,
  belief: -0.64,
  signpostOdds: -0.27,
  signpostLikeness: -0.45,
  known: 0.46,
  named: 0.27,
  subjects: 0.31,
  strange: -0.4,
  brevity: -0.71,
};

/** Tells how probable it is that the book answers the question at all. */
export const isInBook: Coefficients = {
  constant: -0.61,
  odds: 0.29,
  belief: -0.69,
  signpostOdds: -1.72,
  signpostLikeness: -0.65,
  known: 0.82,
  named: 0.7,
  subjects: 0.87,
  strange: -0.72,
  brevity: -1.99,
};
