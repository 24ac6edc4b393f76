import { describe, expect, test } from 'vitest';
import { type Example, fitLogistic } from '../../../scripts/evaluation/logistic-fit.ts';
import { solve } from '../../../scripts/evaluation/solve.ts';
import type { Evidence } from '../../../src/matching/evidence.ts';
import { probability } from '../../../src/matching/evidence.ts';

const nothing: Evidence = {
  odds: 0,
  belief: 0,
  signpostOdds: 0,
  signpostLikeness: 0,
  known: 0,
  named: 0,
  subjects: 0,
  strange: 0,
  brevity: 0,
};
const example = (evidence: Partial<Evidence>, firstIsRight: boolean, weight = 1): Example => ({
  evidence: { ...nothing, ...evidence },
  firstIsRight,
  isInBook: true,
  weight,
});
const isRight = (each: Example): boolean => each.firstIsRight;

describe('a logistic fit', () => {
  test('gives as probable what is as frequent', () => {
    const fitted = fitLogistic([example({}, true, 3), example({}, false)], isRight);
    expect(probability(fitted, nothing)).toBeCloseTo(0.75, 2);
  });

  test('finds which evidence tells, and leaves the rest out', () => {
    const fitted = fitLogistic(
      [0, 1].flatMap((known) => [
        example({ known, named: 1 }, true, 9),
        example({ known, named: 1 }, false),
        example({ known }, false, 9),
        example({ known }, true),
      ]),
      isRight,
    );
    expect(probability(fitted, { ...nothing, named: 1 })).toBeGreaterThan(0.8);
    expect(probability(fitted, nothing)).toBeLessThan(0.2);
    expect(fitted.known).toBe(0);
  });
});

test('a system of linear equations is solved', () => {
  const matrix = [Float64Array.of(4, 2, 0), Float64Array.of(2, 5, 1), Float64Array.of(0, 1, 3)];
  const solution = solve(matrix, Float64Array.of(8, 15, 11));
  expect([...solution]).toEqual([expect.closeTo(1), expect.closeTo(2), expect.closeTo(3)]);
});
