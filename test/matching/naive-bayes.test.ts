import { describe, expect, test } from 'vitest';
import { fromLogOdds, logOdds } from '../../src/matching/naive-bayes.ts';

// Two entries and three terms: the first entry says term 0 alone, the second term 1, both say term 2 as often.
const mass = {
  ofEntry: Float32Array.of(6, 6),
  ofTerm: Float32Array.of(4, 4, 4),
  total: 12,
};
const asked = (number: number) => [{ number, share: 1 }];

describe('the log odds of an entry', () => {
  test('are above 0 for a term that it alone says, and below 0 for one that another says', () => {
    expect(logOdds(asked(0), Float32Array.of(4), { entry: 0, weight: 1 }, mass)).toBeGreaterThan(0);
    expect(logOdds(asked(0), Float32Array.of(0), { entry: 1, weight: 1 }, mass)).toBeLessThan(0);
  });

  test('are 0 for a term that all entries say alike', () => {
    expect(logOdds(asked(2), Float32Array.of(2), { entry: 0, weight: 1 }, mass)).toBeCloseTo(0);
  });

  test('are finite for a term that no entry says', () => {
    const silent = { ...mass, ofTerm: Float32Array.of(0, 4, 4) };
    expect(Number.isFinite(logOdds(asked(0), Float32Array.of(0), { entry: 0, weight: 1 }, silent))).toBe(true);
  });

  test('add up over terms, by their share of the question', () => {
    const first = logOdds([{ number: 0, share: 0.6 }], Float32Array.of(4), { entry: 0, weight: 1 }, mass);
    const second = logOdds([{ number: 2, share: 0.8 }], Float32Array.of(2), { entry: 0, weight: 1 }, mass);
    const both = [
      { number: 0, share: 0.6 },
      { number: 2, share: 0.8 },
    ];
    expect(logOdds(both, Float32Array.of(4, 2), { entry: 0, weight: 1 }, mass)).toBeCloseTo(first + second);
  });
});

test('log odds compare as probabilities, however large they are', () => {
  expect(fromLogOdds([0, Math.log(2)])).toEqual([expect.closeTo(0.5), 1]);
  expect(fromLogOdds([-5000, 5000])).toEqual([0, 1]);
});
