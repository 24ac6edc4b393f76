import type { Coefficients } from './confidence.ts';

/** Tells how probable it is that the first candidate is right. Fitted by `npm run calibrate`. */
export const firstIsRight: Coefficients = {
  constant: -2.59,
  likeness: 0.81,
  cover: -0.33,
  share: 0.84,
  shareOdds: 0.94,
  shareLead: 0.47,
  belief: -0.27,
  judgement: 1.12,
  agreement: 0.22,
  support: -0.22,
  company: -0.67,
  signpost: -1.06,
  signpostOdds: -0.28,
  signpostLikeness: 0.22,
  signpostCover: -0.31,
  known: 0.98,
  named: 0.78,
  subjects: 0.64,
  related: 0.25,
  foreign: -1.59,
  strange: -1.22,
  brevity: -1.21,
};

/** Tells how probable it is that the book answers the question at all. Fitted by `npm run calibrate`. */
export const isInBook: Coefficients = {
  constant: -1.28,
  likeness: 0.52,
  cover: 0.15,
  share: 0.64,
  shareOdds: 0.44,
  shareLead: 0.19,
  belief: -0.6,
  judgement: 1.21,
  agreement: -0.47,
  support: -0.48,
  company: -0.31,
  signpost: -0.96,
  signpostOdds: -0.84,
  signpostLikeness: -0.2,
  signpostCover: -0.46,
  known: 0.56,
  named: 1.33,
  subjects: 1.12,
  related: 0.3,
  foreign: -1.92,
  strange: -1.61,
  brevity: -1.83,
};

/**
 * From which probability of being right the first candidate is given as the answer: where the question surely speaks of
 * Docker, where it has one word that other fields use too, and where it has none.
 */
export const answerFrom = { docker: 0.6, perhapsDocker: 0.7, anything: 0.88 } as const;

/** From which probability of being in the book choices are offered, likewise, and where a signpost is ahead of all entries. */
export const choicesFrom = { docker: 0.02, perhapsDocker: 0.1, anything: 0.35, behindSignpost: 0.25 } as const;
