import type { Coefficients } from './confidence.ts';

/** Tells how probable it is that the first candidate is right. Fitted by `npm run calibrate`. */
export const firstIsRight: Coefficients = {
  constant: -2.29,
  score: 2.22,
  likeness: 2.65,
  cover: 1.93,
  lead: 1.7,
  agreement: 1.09,
  known: 0.2,
  signpostLead: -1.34,
  signpostNear: -3.7,
  named: 0.69,
  subjects: 1.52,
  related: 0.71,
  foreign: -1.43,
  strange: -0.86,
  brevity: -2.44,
};

/** Tells how probable it is that the book answers the question at all. Fitted by `npm run calibrate`. */
export const isInBook: Coefficients = {
  constant: -1.69,
  score: 2.27,
  likeness: 2.42,
  cover: 2.16,
  lead: 1.03,
  agreement: 0.81,
  known: 0.2,
  signpostLead: -1.46,
  signpostNear: -4.31,
  named: 0.84,
  subjects: 1.76,
  related: 0.72,
  foreign: -1.67,
  strange: -0.98,
  brevity: -2.35,
};

/**
 * From which probability of being right the first candidate is given as the answer: where a word of Docker's is said,
 * and where none is, so that the question may be about anything.
 */
export const answerFrom = { ofDocker: 0.5, ofAnything: 0.7 } as const;

/** From which probability of being in the book choices are offered, likewise. */
export const choicesFrom = { ofDocker: 0.2, ofAnything: 0.4 } as const;
