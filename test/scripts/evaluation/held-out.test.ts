import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { bookWithout, foldsOf, isHeldOut, phrasingQuestions } from '../../../scripts/evaluation/held-out.ts';
import { projectFolder } from '../../../src/assemble.ts';
import type { Entry } from '../../../src/knowledge/entry.ts';
import { loadBook } from '../../../src/knowledge/load-book.ts';

let book: readonly Entry[];
let phrasings: readonly string[];
beforeAll(async () => {
  const { entries } = await loadBook([join(projectFolder, 'knowledge')], projectFolder);
  book = [...entries.values()];
  phrasings = book.flatMap((entry) => entry.phrasings);
});

describe('the held-out phrasings', () => {
  test('are about a twelfth of the book', () => {
    const share = phrasings.filter(isHeldOut).length / phrasings.length;
    expect(share).toBeGreaterThan(0.07);
    expect(share).toBeLessThan(0.1);
  });

  test('are the same however they are punctuated', () => {
    for (const phrasing of phrasings) expect(isHeldOut(` ${phrasing.toUpperCase()}?!`)).toBe(isHeldOut(phrasing));
  });

  test('are not in the book that is asked, and every other phrasing is', () => {
    const left = bookWithout(book, isHeldOut).flatMap((entry) => entry.phrasings);
    expect(left).toEqual(phrasings.filter((phrasing) => !isHeldOut(phrasing)));
  });

  test('become questions on the topic of their entry, and those of signposts questions outside the book', () => {
    const questions = phrasingQuestions(book, isHeldOut);
    expect(questions.length).toBeGreaterThan(1000);
    for (const { id, scope, topic } of questions) {
      const entry = book.find((each) => each.id === id.split('/')[0]);
      expect(topic ?? null).toBe(entry?.topic);
      expect(scope).toBe(entry?.signpost ? (entry.chapter === 'elsewhere' ? 'out' : 'near') : 'in');
    }
  });
});

test('each phrasing that is not held out is in exactly one part', () => {
  const folds = foldsOf(4);
  const astray = phrasings.filter((phrasing) => {
    const parts = folds.filter((fold) => fold(phrasing)).length;
    return parts !== (isHeldOut(phrasing) ? 0 : 1);
  });
  expect(astray).toEqual([]);
});
