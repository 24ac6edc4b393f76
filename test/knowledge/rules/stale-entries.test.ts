import { expect, test } from 'vitest';
import { formatFault } from '../../../src/knowledge/fault.ts';
import { staleEntries } from '../../../src/knowledge/rules/check-rules.ts';
import { bookOf } from './body-faults.ts';

const hints = (checked: string | null, now: string) =>
  staleEntries(bookOf('Text.', undefined, checked), new Date(now)).map(formatFault);

test('an entry that was checked within twelve months is not hinted at', () => {
  expect(hints('2026-11', '2026-11-28')).toEqual([]);
  expect(hints('2026-11', '2027-11-30')).toEqual([]);
});

test('an older one is, with its line and what to do', () => {
  expect(hints('2026-11', '2027-12-01')).toEqual([
    'some-entry.md:9: Last checked 13 months ago, in 2026-11. Check it against its sources, and write the month: checked: YYYY-MM',
  ]);
});

test('so is one that says nothing of it', () => {
  expect(hints(null, '2026-11-28')).toEqual([expect.stringContaining('Nobody has written when')]);
});

test('what is no month is refused', () => {
  expect(() => bookOf('Text.', undefined, '2026-13')).toThrow(/"checked" must be a month, such as 2026-11/);
});
