import type { Coefficients } from './confidence.ts';

/** Tells how probable it is that the first candidate is right. Fitted by `npm run calibrate`. */
export const firstIsRight: Coefficients = {
  constant: -3.08,
  likeness: 1.16,
  cover: 0.51,
  share: -0.03,
  shareOdds: 0.72,
  shareLead: 0.38,
  belief: 0.46,
  wording: 0.69,
  spelling: 0.38,
  agreement: 0.03,
  support: -0.33,
  company: -0.65,
  signpost: 0.26,
  signpostOdds: -0.57,
  signpostLikeness: -0.55,
  signpostCover: -1.2,
  known: 0.76,
  named: 0.78,
  subjects: 1.6,
  related: 0.37,
  foreign: -2.44,
  strange: -0.85,
  brevity: -1.64,
};

/** Tells how probable it is that the book answers the question at all. Fitted by `npm run calibrate`. */
export const isInBook: Coefficients = {
  constant: -2.76,
  likeness: 1.04,
  cover: 0.31,
  share: -0.17,
  shareOdds: 0.31,
  shareLead: -0.03,
  belief: 0.32,
  wording: 0.81,
  spelling: 0.16,
  agreement: 0.15,
  support: 0.03,
  company: -0.44,
  signpost: 0.28,
  signpostOdds: -1.06,
  signpostLikeness: -0.52,
  signpostCover: -1.31,
  known: 0.95,
  named: 1,
  subjects: 1.91,
  related: 0.48,
  foreign: -2.8,
  strange: -1.05,
  brevity: -2.2,
};

/**
 * From which probability of being right the first candidate is given as the answer: where the question surely speaks of
 * Docker, where it has one word that other fields use too, and where it has none.
 */
export const answerFrom = { docker: 0.57, perhapsDocker: 0.63, anything: 0.85 } as const;

/** From which probability of being in the book choices are offered, likewise, and where a signpost is ahead of all entries. */
export const choicesFrom = { docker: 0.02, perhapsDocker: 0.1, anything: 0.2, behindSignpost: 0.15 } as const;
