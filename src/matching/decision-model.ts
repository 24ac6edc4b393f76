import type { Coefficients } from './confidence.ts';

/** Tells how probable it is that the first candidate is right. Fitted by `npm run calibrate`. */
export const firstIsRight: Coefficients = {
  constant: -2.17,
  score: 2.28,
  likeness: 0.88,
  cover: 3.68,
  lead: 1.99,
  agreement: 0,
  known: -1.62,
  signpostLead: -5.13,
  signpostNear: 0,
  subject: 0.6,
  related: 0.6,
  foreign: -1.74,
  brevity: 0,
};

/** From which probability the first candidate is given as the answer. */
export const answerFrom = 0.55;

/** From which probability of being in the book choices are offered. */
export const choicesFrom = 0.3;
