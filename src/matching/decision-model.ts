import type { Coefficients } from './confidence.ts';

/** Tells how probable it is that the first candidate is right. Fitted by `npm run calibrate`. */
export const firstIsRight: Coefficients = {
  constant: -3.03,
  score: 1.08,
  likeness: 2.05,
  cover: 0.92,
  lead: 0.39,
  agreement: 0.67,
  known: 0.69,
  signpostLead: -0.48,
  signpostNear: -2.34,
  belief: 1.61,
  beliefLead: 1.33,
  beliefSignpost: -1.76,
  kinship: -0.6,
  kinshipLead: -0.46,
  kinshipSignpost: -0.97,
  named: 0.74,
  subjects: 1.49,
  related: 0.52,
  foreign: -1.74,
  strange: -1.03,
  brevity: -1.47,
};

/** Tells how probable it is that the book answers the question at all. Fitted by `npm run calibrate`. */
export const isInBook: Coefficients = {
  constant: -2.27,
  score: 1.17,
  likeness: 1.84,
  cover: 1.34,
  lead: 0.03,
  agreement: 0.56,
  known: 0.58,
  signpostLead: -0.52,
  signpostNear: -3,
  belief: 1.58,
  beliefLead: 0.99,
  beliefSignpost: -2.05,
  kinship: -0.69,
  kinshipLead: -0.76,
  kinshipSignpost: -1.18,
  named: 0.99,
  subjects: 1.76,
  related: 0.56,
  foreign: -1.94,
  strange: -1.07,
  brevity: -1.46,
};

/**
 * From which probability of being right the first candidate is given as the answer: where the question surely speaks of
 * Docker, where it has one word that other fields use too, and where it has none.
 */
export const answerFrom = { docker: 0.5, perhapsDocker: 0.6, anything: 0.8 } as const;

/** From which probability of being in the book choices are offered, likewise. */
export const choicesFrom = { docker: 0.1, perhapsDocker: 0.2, anything: 0.4 } as const;
