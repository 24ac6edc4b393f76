import { type Evidence, evidenceNames } from './evidence.ts';

/** Coefficients of a logistic regression: a constant, and one for each piece of evidence. */
export type Coefficients = Readonly<Record<keyof Evidence | 'constant', number>>;

/**
 * Works out a probability from evidence.
 * @returns 0 to 1
 */
export function probability(coefficients: Coefficients, evidence: Evidence): number {
  let sum = coefficients.constant;
  for (const name of evidenceNames) sum += coefficients[name] * evidence[name];
  return 1 / (1 + Math.exp(-sum));
}
