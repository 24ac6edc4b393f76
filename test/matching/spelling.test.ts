import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/knowledge/entry.ts';
import { cleanQuestion } from '../../src/matching/question.ts';
import { characterGrams, chooseExamples, gramCount } from '../../src/matching/spelling.ts';
import { entryOf } from './entry-of.ts';

const [drinks, food] = [0, 1];

describe('the examples that topics are learned from', () => {
  test('are every title and phrasing, each with its topic', () => {
    const book = [entryOf('tea', 'drinks', ['brew tea', 'tea is bitter']), entryOf('cake', 'food', [])];
    const examples = chooseExamples(book, Uint16Array.of(drinks, food));
    expect([...examples].sort((a, b) => a.text.localeCompare(b.text))).toEqual([
      { text: 'brew tea', topic: drinks },
      { text: 'brew tea', topic: drinks },
      { text: 'cake', topic: food },
      { text: 'tea is bitter', topic: drinks },
    ]);
  });

  test('are 6,000 at most of a topic, and all of another that has few', () => {
    const many = Array.from({ length: 7000 }, (_, number) => `tea number ${number}`);
    const examples = chooseExamples(
      [entryOf('tea', 'drinks', many), entryOf('cake', 'food', [])],
      Uint16Array.of(drinks, food),
    );
    expect(examples.filter(({ topic }) => topic === drinks)).toHaveLength(6000);
    expect(examples.filter(({ topic }) => topic === food)).toHaveLength(1);
  });

  test('come in the same order for the same book, but not in its order', () => {
    const book = [
      entryOf(
        'tea',
        'drinks',
        Array.from({ length: 50 }, (_, number) => `tea ${number}`),
      ),
    ];
    const texts = chooseExamples(book, Uint16Array.of(drinks)).map(({ text }) => text);
    expect(texts).toEqual(chooseExamples(book, Uint16Array.of(drinks)).map(({ text }) => text));
    expect(texts).not.toEqual([book[0]?.title, ...(book[0]?.phrasings ?? [])]);
  });

  test('come in an order that does not change where phrasings move from one place to another', () => {
    const asks = ['brew tea', 'tea is bitter', 'a cup of tea', 'which tea?'];
    const texts = (book: Entry[]): string[] =>
      chooseExamples(book, new Uint16Array(book.length)).map(({ text }) => text);
    const [one, other] = [entryOf('tea', 'drinks', asks), entryOf('tea', 'drinks', asks.toReversed())];
    expect(texts([one])).toEqual(texts([{ ...other, title: one.title }]));
  });

  test('are none for an empty book', () => {
    expect(chooseExamples([], Uint16Array.of())).toEqual([]);
  });
});

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
