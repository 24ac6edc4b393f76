import { describe, expect, test } from 'vitest';
import { shortAnswer } from '../../../src/knowledge/short-answer.ts';
import { faultsIn } from './body-faults.ts';

const fence = (lines: number) =>
  ['```yaml', ...Array.from({ length: lines }, (_, at) => `key${at}: 1`), '```'].join('\n');
const table = (rows: number) =>
  ['| a | b |', '|---|---|', ...Array.from({ length: rows }, () => '| 1 | 2 |')].join('\n');
const answer = 'It keeps them.';
const more = '## Why\n\nThey are stored.';
const characters = (count: number) => `${'a'.repeat(count - 1)}.`;

describe('the short answer of a body', () => {
  test('is what stands before the first heading', () => {
    expect(shortAnswer(`${answer}\n\n${table(1)}\n\n${more}\n\n## How\n\nSo.`)).toBe(`${answer}\n\n${table(1)}`);
  });

  test('is the whole body where that has no heading', () => {
    expect(shortAnswer(`${answer}\n\n${fence(1)}\n`)).toBe(`${answer}\n\n${fence(1)}`);
  });

  test('does not end at a comment that looks like a heading', () => {
    const commented = '```dockerfile\n## Build\nFROM scratch\n```';
    expect(shortAnswer(`${answer}\n\n${commented}\n\n${more}`)).toBe(`${answer}\n\n${commented}`);
  });
});

describe('a body is refused where its short answer', () => {
  const shorts = (body: string) => faultsIn(body).filter((fault) => /begin with its answer|short answer/.test(fault));

  test.each([
    ['is missing', more, /does not begin with its answer/],
    ['begins with a fence', `${fence(1)}\n\n${answer}`, /does not begin with its answer/],
    ['begins with a table', `${table(1)}\n\n${answer}\n\n${more}`, /does not begin with its answer/],
    ['has more than 600 characters', `${characters(601)}\n\n${more}`, /601 characters of text, more than 600/],
    ['has them in several paragraphs', `${characters(300)}\n\n${characters(300)}`, /601 characters/],
    ['has them in a list', `${answer}\n\n- ${characters(600)}`, /615 characters/],
    ['has two fences', `${answer}\n\n${fence(1)}\n\n${fence(1)}`, /2 code fences and tables/],
    ['has two tables', `${answer}\n\n${table(1)}\n\nAnd:\n\n${table(1)}\n\n${more}`, /2 code fences and tables/],
    ['has a fence and a table', `${answer}\n\n${table(1)}\n\n${fence(1)}\n\n${more}`, /2 code fences and tables/],
    [
      'hides a fence in a list',
      `${answer}\n\n${table(1)}\n\n- So:\n\n  ${fence(1).replaceAll('\n', '\n  ')}`,
      /2 code/,
    ],
    ['has seven lines of code', `${answer}\n\n${fence(7)}\n\n${more}`, /7 lines of code, more than 6/],
    ['has a table of seven rows', `${answer}\n\n${table(7)}\n\n${more}`, /7 rows, more than 6/],
  ])('%s', (_, body, problem) => {
    expect(shorts(body)).toEqual([expect.stringMatching(problem)]);
  });

  test.each([
    ['text alone', `${answer}\n\n${more}`],
    ['600 characters', `${characters(600)}\n\n${more}`],
    ['six lines of code', `${answer}\n\n${fence(6)}\n\n${more}`],
    ['six rows', `${answer}\n\n${table(6)}\n\n${more}`],
    [
      'long blocks and text below its heading',
      `${answer}\n\n${more}\n\n${characters(900)}\n\n${fence(9)}\n\n${table(9)}`,
    ],
    ['a link whose address is long', `See [it](https://docs.docker.com/${'a'.repeat(600)}).\n\n${more}`],
  ])('and passes with %s', (_, body) => {
    expect(shorts(body)).toEqual([]);
  });
});

test('a short answer at fault is named with its line', () => {
  expect(faultsIn(more)).toEqual([
    'some-entry.md:1: The body does not begin with its answer in words. Write one to four sentences first',
  ]);
});
