import type { Coefficients } from './confidence.ts';

/** Tells how probable it is that the first candidate is right. Fitted by `npm run calibrate`. */
export const firstIsRight: Coefficients = {
  constant: -1.9,
  score: 2,
  likeness: 2.48,
  cover: 1.68,
  lead: 1.56,
  agreement: 1.4,
  known: 0.16,
  signpostLead: -1.55,
  signpostNear: -3.37,
  named: 0.52,
  subjects: 1.22,
  related: 0.66,
  foreign: -1.42,
  strange: -0.83,
  brevity: -2.51,
};

/** Tells how probable it is that the book answers the question at all. Fitted by `npm run calibrate`. */
export const isInBook: Coefficients = {
  constant: -0.62,
  score: 1.9,
  likeness: 2.05,
  cover: 1.8,
  lead: 0.68,
  agreement: 0.88,
  known: 0.04,
  signpostLead: -1.94,
  signpostNear: -4.18,
  named: 0.71,
  subjects: 1.74,
  related: 0.81,
  foreign: -1.89,
  strange: -0.97,
  brevity: -2.48,
};

/** From which probability of being right the first candidate is given as the answer. */
export const answerFrom = 0.6;

/** From which probability of being in the book choices are offered. */
export const choicesFrom = 0.3;
