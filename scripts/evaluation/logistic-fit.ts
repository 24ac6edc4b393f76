import { z } from 'zod';
import { type Coefficients, type Evidence, evidenceNames, probability } from '../../src/matching/evidence.ts';
import { solve } from './solve.ts';

/** A question's evidence and how it should have ended. */
export interface Example {
  readonly evidence: Evidence;
  readonly firstIsRight: boolean;
  readonly isInBook: boolean;
  /** What it counts for beside others. */
  readonly weight: number;
}

/** Newton's method doubles the right digits a step. */
const steps = 12;
/** Keeps coefficients small, so that a few examples cannot bend them. */
const restraint = 0.002;
const names = ['constant', ...evidenceNames] as const;
const coefficientsSchema = z.record(z.enum(names), z.number());

/**
 * Fits a logistic regression by Newton's method, with L2 restraint (none on the constant).
 * @returns coefficients rounded to two places
 */
export function fitLogistic(examples: readonly Example[], label: (example: Example) => boolean): Coefficients {
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  let fitted: readonly number[] = names.map(() => 0);
  for (let step = 0; step < steps; step++) {
    const slopes = Float64Array.from(fitted, (value, place) => (place === 0 ? 0 : restraint * value));
    const bends = names.map((_, place) =>
      Float64Array.from(names, (_, other) => (place > 0 && place === other ? restraint : 0)),
    );
    const coefficients = named(fitted);
    for (const example of examples) {
      const values = [1, ...evidenceNames.map((name) => example.evidence[name])];
      const share = probability(coefficients, example.evidence);
      const slope = (example.weight / total) * (share - (label(example) ? 1 : 0));
      const bend = (example.weight / total) * share * (1 - share);
      for (const [place, value] of values.entries()) {
        slopes[place] = (slopes[place] ?? 0) + slope * value;
        const row = bends[place] ?? slopes;
        for (const [other, beside] of values.entries()) row[other] = (row[other] ?? 0) + bend * value * beside;
      }
    }
    const change = solve(bends, slopes);
    fitted = fitted.map((value, place) => value - (change[place] ?? 0));
  }
  return named(fitted.map((value) => Math.round(100 * value) / 100 + 0));
}

function named(values: readonly number[]): Coefficients {
  return coefficientsSchema.parse(Object.fromEntries(names.map((name, place) => [name, values[place] ?? 0])));
}
