import { expect, test } from 'vitest';
import { calibrate } from '../../../scripts/evaluation/calibration.ts';
import type { LabelledQuestion } from '../../../scripts/evaluation/question-file.ts';
import type { Coefficients } from '../../../src/matching/evidence.ts';
import { entryOf } from '../../matching/entry-of.ts';

const times = [
  'today',
  'tomorrow',
  'every day',
  'at night',
  'twice',
  'by hand',
  'in a pot',
  'for a guest',
  'with milk',
];
const phrased = (what: string) => times.map((when) => `${what} ${when}`);
const book = [
  entryOf('brew-tea', 'tea', phrased('how do I brew green tea')),
  entryOf('bake-biscuits', 'biscuits', phrased('how are biscuits baked')),
  entryOf('buy-cups', null, phrased('where do people buy cups'), true),
];
const own: LabelledQuestion[] = [
  { id: '1', question: 'brew my tea', scope: 'in', topic: 'tea', also: [], style: 'plain', late: false },
  { id: '2', question: 'buy a cup', scope: 'near', also: [], style: 'plain', late: false },
];
const none: Coefficients = {
  constant: 0,
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

test('a calibration says whether the coefficients in use are what comes out', () => {
  const first = calibrate(book, own, { firstIsRight: none, isInBook: none });
  expect(first).toMatchObject({ outOfDate: true, verdict: expect.stringMatching(/npm run calibrate -- --update/) });
  const again = calibrate(book, own, first.fitted);
  expect(again).toMatchObject({ outOfDate: false, verdict: expect.stringMatching(/exactly the committed/) });
  expect(again.text).toBe(first.text);
  expect(again.text).toContain(`brevity: ${first.fitted.isInBook.brevity},`);
});

test('a calibration bears coefficients that decide nearly alike: an entry more does not make them out of date', () => {
  const { fitted } = calibrate(book, own, { firstIsRight: none, isInBook: none });
  const near = { ...fitted, firstIsRight: { ...fitted.firstIsRight, constant: fitted.firstIsRight.constant + 0.01 } };
  expect(calibrate(book, own, near)).toMatchObject({ outOfDate: false, verdict: expect.stringMatching(/points off/) });
});
