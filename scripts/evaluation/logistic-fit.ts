import { z } from 'zod';
import { type Coefficients, evidenceNames, probability } from '../../src/matching/confidence.ts';
import type { Evidence } from '../../src/matching/evidence.ts';

/** A question's evidence and how it should have ended. */
export interface Example {
  readonly evidence: Evidence;
  readonly firstIsRight: boolean;
  readonly isInBook: boolean;
}

const rounds = 4000;
const step = 1;
/** Keeps coefficients small, so that a few examples cannot bend them. */
const restraint = 0.002;
const names = ['constant', ...evidenceNames] as const;
const coefficientsSchema = z.record(z.enum(names), z.number());

/**
 * Fits a logistic regression by gradient descent with L2 restraint (none on the constant).
 * @returns coefficients rounded to two places
 */
export function fitLogistic(examples: readonly Example[], label: (example: Example) => boolean): Coefficients {
  let coefficients = filled(() => 0);
  for (let round = 0; round < rounds; round++) {
    const gradient: Record<string, number> = filled(() => 0);
    for (const example of examples) {
      const error = probability(coefficients, example.evidence) - (label(example) ? 1 : 0);
      gradient.constant = (gradient.constant ?? 0) + error;
      for (const name of evidenceNames) gradient[name] = (gradient[name] ?? 0) + error * example.evidence[name];
    }
    const before = coefficients;
    coefficients = filled(
      (name) =>
        before[name] -
        step * ((gradient[name] ?? 0) / examples.length + (name === 'constant' ? 0 : restraint * before[name])),
    );
  }
  const fitted = coefficients;
  return filled((name) => Math.round(100 * fitted[name]) / 100);
}

function filled(value: (name: (typeof names)[number]) => number): Coefficients {
  return coefficientsSchema.parse(Object.fromEntries(names.map((name) => [name, value(name)])));
}
