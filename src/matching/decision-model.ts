import type { Coefficients } from './confidence.ts';

/** Tells how probable it is that the first candidate is right. Fitted by `npm run calibrate`. */
export const firstIsRight: Coefficients = {
  constant: -1.94,
  score: 1.98,
  likeness: 2.57,
  cover: 1.59,
  lead: 1.61,
  agreement: 1,
  known: 0.49,
  signpostLead: -1.5,
  signpostNear: -3.91,
  named: 0.78,
  subjects: 1.74,
  related: 0.64,
  foreign: -1.92,
  strange: -0.92,
  brevity: -2.6,
};

/** Tells how probable it is that the book answers the question at all. Fitted by `npm run calibrate`. */
export const isInBook: Coefficients = {
  constant: -1.79,
  score: 2.14,
  likeness: 2.48,
  cover: 1.92,
  lead: 1.11,
  agreement: 0.73,
  known: 0.56,
  signpostLead: -1.64,
  signpostNear: -4.19,
  named: 0.74,
  subjects: 2.01,
  related: 0.65,
  foreign: -2.13,
  strange: -0.94,
  brevity: -2.51,
};

/** From which probability of being right the first candidate is given as the answer. */
export const answerFrom = 0.7;

/** From which probability of being in the book choices are offered. */
export const choicesFrom = 0.3;
