import type { Coefficients } from './confidence.ts';

/** Tells how probable it is that the first candidate is right. Fitted by `npm run calibrate`. */
export const firstIsRight: Coefficients = {
  constant: -3.38,
  likeness: 1.37,
  cover: 0.38,
  share: -0.06,
  shareOdds: 0.76,
  shareLead: 0.15,
  belief: 0.18,
  wording: 0.83,
  spelling: -0.01,
  agreement: -0.11,
  support: -0.33,
  company: -0.65,
  signpost: 0.16,
  signpostOdds: -0.7,
  signpostLikeness: -0.54,
  signpostCover: -1.12,
  known: 1.18,
  named: 1.05,
  subjects: 1.5,
  related: 0.26,
  foreign: -2.2,
  strange: -1.13,
  brevity: -1.79,
};

/** Tells how probable it is that the book answers the question at all. Fitted by `npm run calibrate`. */
export const isInBook: Coefficients = {
  constant: -3.25,
  likeness: 1.31,
  cover: 0.36,
  share: -0.28,
  shareOdds: 0.49,
  shareLead: -0.29,
  belief: 0.05,
  wording: 0.84,
  spelling: 0.04,
  agreement: 0.04,
  support: -0.17,
  company: -0.71,
  signpost: 0.15,
  signpostOdds: -1.13,
  signpostLikeness: -0.4,
  signpostCover: -1.18,
  known: 1.33,
  named: 1.12,
  subjects: 1.93,
  related: 0.32,
  foreign: -2.53,
  strange: -1.3,
  brevity: -2.13,
};

/**
 * From which probability of being right the first candidate is given as the answer: where the question surely speaks of
 * Docker, where it has one word that other fields use too, and where it has none.
 */
export const answerFrom = { docker: 0.6, perhapsDocker: 0.65, anything: 0.82 } as const;

/** From which probability of being in the book choices are offered, likewise, and where a signpost is ahead of all entries. */
export const choicesFrom = { docker: 0.02, perhapsDocker: 0.1, anything: 0.35, behindSignpost: 0.25 } as const;
