import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { measureOwnQuality, type OwnQuality } from '../../scripts/evaluation/own-quality.ts';
import type { Quality } from '../../scripts/evaluation/quality.ts';
import { formatQuality } from '../../scripts/evaluation/quality-table.ts';
import { projectFolder } from '../../src/assemble.ts';
import { openShippedBook } from './shared-models.ts';

type Part = keyof OwnQuality;

const remedy =
  'Matching got worse than the committed snapshot. Mend it, or if the change is worth it: npm run evaluate -- --update';

let measured: OwnQuality;
let before: Readonly<Record<Part, Quality>>;
beforeAll(async () => {
  const { entries, matcher } = await openShippedBook();
  measured = await measureOwnQuality(projectFolder, entries, matcher);
  before = JSON.parse(await readFile(join(projectFolder, 'test/matching/quality.json'), 'utf8'));
});

/** Percentages, in which more is better, or less. */
const better: readonly [name: string, share: (quality: Quality) => number][] = [
  ['right answers', ({ in: { right, questions } }) => percent(right, questions)],
  ['right, or among the choices', ({ in: part }) => percent(part.right + part.amongChoices, part.questions)],
  ['the same in chat style', ({ slack: part }) => percent(part.right + part.amongChoices, part.questions)],
];
const worse: readonly [name: string, share: (quality: Quality) => number][] = [
  ['wrong answers', ({ in: { wrong, questions } }) => percent(wrong, questions)],
  ['answers to what is outside the book', ({ near: { answered, questions } }) => percent(answered, questions)],
  ['answers to what is not about Docker', ({ out: { answered, questions } }) => percent(answered, questions)],
];

function percent(count: number, of: number): number {
  return (100 * count) / Math.max(1, of);
}

/** In points. A new phrasing may be held out, so that set changes with the book; our own questions stay the same. */
const leeway: Readonly<Record<Part, number>> = { own: 0, heldOut: 1.5 };

describe.each<Part>(['own', 'heldOut'])('matching is no worse than it was on the set "%s"', (part) => {
  test.each(better)('%s', (_, share) => {
    expect(share(measured[part].quality), remedy).toBeGreaterThanOrEqual(share(before[part]) - leeway[part]);
  });

  test.each(worse)('%s', (_, share) => {
    expect(share(measured[part].quality), remedy).toBeLessThanOrEqual(share(before[part]) + leeway[part]);
  });
});

test('the page on matching gives the figures of the snapshot', async () => {
  const names = { own: measured.own.name, heldOut: measured.heldOut.name };
  const table = formatQuality([
    { name: names.own, quality: before.own, misses: [] },
    { name: names.heldOut, quality: before.heldOut, misses: [] },
  ]);
  expect(await readFile(join(projectFolder, 'docs/matching.md'), 'utf8')).toContain(table);
});
