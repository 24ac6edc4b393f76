import type { Coefficients } from './confidence.ts';

/** Tells how probable it is that the first candidate is right. Fitted by `npm run calibrate`. */
export const firstIsRight: Coefficients = {
  constant: -2.37,
  score: 2.22,
  likeness: 2.62,
  cover: 1.95,
  lead: 1.74,
  agreement: 1.13,
  known: 0.14,
  signpostLead: -1.36,
  signpostNear: -3.62,
  named: 0.71,
  subjects: 1.57,
  related: 0.74,
  foreign: -1.41,
  strange: -0.75,
  brevity: -2.44,
};

/** Tells how probable it is that the book answers the question at all. Fitted by `npm run calibrate`. */
export const isInBook: Coefficients = {
  constant: -1.76,
  score: 2.28,
  likeness: 2.42,
  cover: 2.19,
  lead: 1.05,
  agreement: 0.81,
  known: 0.15,
  signpostLead: -1.47,
  signpostNear: -4.29,
  named: 0.85,
  subjects: 1.84,
  related: 0.75,
  foreign: -1.66,
  strange: -0.91,
  brevity: -2.31,
};

/**
 * From which probability of being right the first candidate is given as the answer: where a word of Docker's is said,
 * and where none is, so that the question may be about anything.
 */
export const answerFrom = { ofDocker: 0.5, ofAnything: 0.7 } as const;

/** From which probability of being in the book choices are offered, likewise. */
export const choicesFrom = { ofDocker: 0.2, ofAnything: 0.4 } as const;
