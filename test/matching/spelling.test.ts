import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/knowledge/entry.ts';
import { chooseExamples } from '../../src/matching/spelling.ts';
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
