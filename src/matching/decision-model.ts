import type { Coefficients } from './confidence.ts';

/** Tells how probable it is that the first candidate is right. Fitted by `npm run calibrate`. */
export const firstIsRight: Coefficients = {
  constant: -1.49,
  likeness: 0.62,
  cover: -0.41,
  share: 0.37,
  shareOdds: 0.69,
  shareLead: 0.01,
  belief: 0.51,
  wording: -0.03,
  spelling: 0.37,
  agreement: -0.05,
  support: -0.09,
  company: -0.09,
  signpost: -0.1,
  signpostOdds: -0.65,
  signpostLikeness: -0.51,
  signpostCover: -0.39,
  known: 0.39,
  named: 0.54,
  subjects: 0.55,
  related: 0.27,
  strange: -0.04,
  brevity: -1.39,
};

/** Tells how probable it is that the book answers the question at all. Fitted by `npm run calibrate`. */
export const isInBook: Coefficients = {
  constant: -0.05,
  likeness: 0.12,
  cover: -0.47,
  share: -0.03,
  shareOdds: 0.37,
  shareLead: -0.48,
  belief: -0,
  wording: -0.05,
  spelling: 0.09,
  agreement: -0.02,
  support: 0.28,
  company: -0.18,
  signpost: -0.18,
  signpostOdds: -1.33,
  signpostLikeness: -1,
  signpostCover: -0.98,
  known: 0.05,
  named: 1.29,
  subjects: 1.11,
  related: 0.59,
  strange: -0.21,
  brevity: -1.82,
};

/**
 * From which probability of being right the first candidate is given as the answer: where the question surely speaks of
 * Docker, where it has one word that other fields use too, and where it has none.
 */
export const answerFrom = { docker: 0.62, perhapsDocker: 0.7, anything: 0.93 } as const;

/** From which probability of being in the book choices are offered, likewise, and where a signpost is ahead of all entries. */
export const choicesFrom = { docker: 0.05, perhapsDocker: 0.1, anything: 0.4, behindSignpost: 0.15 } as const;
