import type { Coefficients } from './confidence.ts';

/** Tells how probable it is that the first candidate is right. Fitted by `npm run calibrate`. */
export const firstIsRight: Coefficients = {
  constant: -2.86,
  score: 1.02,
  likeness: 1.94,
  cover: 0.83,
  lead: 0.4,
  agreement: 0.75,
  known: 0.56,
  signpostLead: -0.41,
  signpostNear: -2.41,
  belief: 1.64,
  beliefLead: 1.49,
  beliefSignpost: -1.64,
  kinship: -0.65,
  kinshipLead: -0.51,
  kinshipSignpost: -0.94,
  named: 0.84,
  subjects: 1.24,
  related: 0.52,
  foreign: -1.68,
  strange: -1.01,
  brevity: -1.54,
};

/** Tells how probable it is that the book answers the question at all. Fitted by `npm run calibrate`. */
export const isInBook: Coefficients = {
  constant: -1.81,
  score: 1.08,
  likeness: 1.77,
  cover: 1.23,
  lead: -0,
  agreement: 0.48,
  known: 0.46,
  signpostLead: -0.5,
  signpostNear: -3.14,
  belief: 1.46,
  beliefLead: 0.96,
  beliefSignpost: -1.99,
  kinship: -0.76,
  kinshipLead: -0.75,
  kinshipSignpost: -1.13,
  named: 1.04,
  subjects: 1.77,
  related: 0.6,
  foreign: -1.92,
  strange: -1.03,
  brevity: -1.51,
};

/**
 * From which probability of being right the first candidate is given as the answer: where the question surely speaks of
 * Docker, where it has one word that other fields use too, and where it has none.
 */
export const answerFrom = { docker: 0.5, perhapsDocker: 0.6, anything: 0.8 } as const;

/** From which probability of being in the book choices are offered, likewise. */
export const choicesFrom = { docker: 0.1, perhapsDocker: 0.2, anything: 0.4 } as const;
