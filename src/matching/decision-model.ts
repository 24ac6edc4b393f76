import type { Coefficients } from './confidence.ts';

/** Tells how probable it is that the first candidate is right. Fitted by `npm run calibrate`. */
export const firstIsRight: Coefficients = {
  constant: -1.84,
  score: 1.94,
  likeness: 2.56,
  cover: 1.52,
  lead: 1.56,
  agreement: 0.85,
  known: 0.67,
  signpostLead: -1.54,
  signpostNear: -4.01,
  named: 0.81,
  subjects: 1.67,
  related: 0.5,
  foreign: -1.85,
  strange: -1.08,
  brevity: -2.54,
};

/** Tells how probable it is that the book answers the question at all. Fitted by `npm run calibrate`. */
export const isInBook: Coefficients = {
  constant: -1.72,
  score: 2.12,
  likeness: 2.37,
  cover: 1.95,
  lead: 0.96,
  agreement: 0.62,
  known: 0.75,
  signpostLead: -1.71,
  signpostNear: -4.22,
  named: 0.7,
  subjects: 1.98,
  related: 0.59,
  foreign: -2.06,
  strange: -1.12,
  brevity: -2.53,
};

/** From which probability of being right the first candidate is given as the answer. */
export const answerFrom = 0.72;

/** From which probability of being in the book choices are offered. */
export const choicesFrom = 0.3;
