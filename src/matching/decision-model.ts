import type { Coefficients } from './confidence.ts';

/** Tells how probable it is that the first candidate is right. Fitted by `npm run calibrate`. */
export const firstIsRight: Coefficients = {
  constant: -3.07,
  score: 1,
  likeness: 1.82,
  cover: 0.81,
  lead: 0.45,
  agreement: 0.82,
  known: 0.63,
  signpostLead: -0.44,
  signpostNear: -2.26,
  belief: 1.77,
  beliefLead: 1.57,
  beliefSignpost: -1.68,
  kinship: -0.63,
  kinshipLead: -0.47,
  kinshipSignpost: -0.78,
  named: 0.82,
  subjects: 1.3,
  related: 0.51,
  foreign: -1.7,
  strange: -1.02,
  brevity: -1.52,
};

/** Tells how probable it is that the book answers the question at all. Fitted by `npm run calibrate`. */
export const isInBook: Coefficients = {
  constant: -2.02,
  score: 1.06,
  likeness: 1.67,
  cover: 1.18,
  lead: 0.04,
  agreement: 0.58,
  known: 0.54,
  signpostLead: -0.54,
  signpostNear: -2.96,
  belief: 1.59,
  beliefLead: 1.09,
  beliefSignpost: -2.05,
  kinship: -0.76,
  kinshipLead: -0.74,
  kinshipSignpost: -1,
  named: 1,
  subjects: 1.81,
  related: 0.53,
  foreign: -1.94,
  strange: -1.04,
  brevity: -1.47,
};

/**
 * From which probability of being right the first candidate is given as the answer: where the question surely speaks of
 * Docker, where it has one word that other fields use too, and where it has none.
 */
export const answerFrom = { docker: 0.5, perhapsDocker: 0.6, anything: 0.8 } as const;

/** From which probability of being in the book choices are offered, likewise. */
export const choicesFrom = { docker: 0.1, perhapsDocker: 0.2, anything: 0.4 } as const;
