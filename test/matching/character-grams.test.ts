import { describe, expect, test } from 'vitest';
import { characterGrams, gramCount } from '../../src/matching/character-grams.ts';
import { cleanQuestion } from '../../src/matching/cleaning.ts';

/** How alike two texts are spelled: the cosine of their grams, 0 to 1. */
function likeness(one: string, other: string): number {
  const shares = new Map(characterGrams(other).map(({ number, share }) => [number, share]));
  return characterGrams(one).reduce((sum, { number, share }) => sum + share * (shares.get(number) ?? 0), 0);
}

describe('the character grams of a text', () => {
  test('are a vector of length 1 over numbers that a table can have', () => {
    const grams = characterGrams('why is my volume empty?');
    expect(grams.reduce((sum, { share }) => sum + share * share, 0)).toBeCloseTo(1);
    for (const { number } of grams) {
      expect(Number.isInteger(number)).toBe(true);
      expect(number).toBeGreaterThanOrEqual(0);
      expect(number).toBeLessThan(gramCount);
    }
  });

  test('name each gram once', () => {
    const numbers = characterGrams('docker docker docker').map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  test('make words of one stem, and a slip of the pen, partly alike', () => {
    expect(likeness('mounting', 'mounted')).toBeGreaterThan(0.4);
    expect(likeness('persistence', 'persistance')).toBeGreaterThan(0.5);
    expect(likeness('mounting', 'restarts')).toBeLessThan(0.1);
  });

  test('tell the order of words', () => {
    expect(likeness('host to container', 'container to host')).toBeLessThan(0.99);
    expect(likeness('host to container', 'host to container')).toBeCloseTo(1);
  });

  test('do not tell upper case, spaces and Slack markup from plain text', () => {
    expect(characterGrams(cleanQuestion('  Why IS <@U123>\n it empty? '))).toEqual(characterGrams('why is it empty?'));
  });

  test.each(['', '   ', '<@U123>'])('are none for "%s"', (text) => {
    expect(characterGrams(cleanQuestion(text))).toEqual([]);
  });

  test('read only the beginning of a long text', () => {
    expect(characterGrams('no space left on device '.repeat(40))).toEqual(
      characterGrams('no space left on device '.repeat(80)),
    );
  });
});
