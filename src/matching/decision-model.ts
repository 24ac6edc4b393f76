import type { Coefficients } from './confidence.ts';

/** Tells how probable it is that the first candidate is right. Fitted by `npm run calibrate`. */
export const firstIsRight: Coefficients = {
  constant: -1.21,
  likeness: 0.63,
  cover: -0.36,
  share: 0.12,
  shareOdds: 0.77,
  shareLead: 0.05,
  belief: 0.64,
  wording: 0.18,
  spelling: 0.52,
  agreement: 0.24,
  support: -0.03,
  company: -0.11,
  signpost: 0.39,
  signpostOdds: -0.5,
  signpostLikeness: -0.29,
  signpostCover: -0.43,
  known: 0.31,
  named: 0.87,
  subjects: 0.8,
  related: 0.41,
  strange: -0.19,
  brevity: -1.53,
};

/** Tells how probable it is that the book answers the question at all. Fitted by `npm run calibrate`. */
export const isInBook: Coefficients = {
  constant: 0.54,
  likeness: 0.01,
  cover: -0.36,
  share: -0.11,
  shareOdds: 0.56,
  shareLead: -0.46,
  belief: 0.02,
  wording: 0.07,
  spelling: 0.34,
  agreement: -0.13,
  support: 0.11,
  company: -0.11,
  signpost: 0.16,
  signpostOdds: -1.04,
  signpostLikeness: -0.71,
  signpostCover: -0.83,
  known: 0.02,
  named: 1.77,
  subjects: 1.68,
  related: 0.47,
  strange: -0.31,
  brevity: -1.95,
};

/**
 * From which probability of being right the first candidate is given as the answer: where the question surely speaks of
 * Docker, where it has one word that other fields use too, and where it has none.
 */
export const answerFrom = { docker: 0.62, perhapsDocker: 0.8, anything: 0.93 } as const;

/** From which probability of being in the book choices are offered, likewise, and where a signpost is ahead of all entries. */
export const choicesFrom = { docker: 0.05, perhapsDocker: 0.1, anything: 0.4, behindSignpost: 0.35 } as const;
