import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { pieces } from '../../src/matching/evidence.ts';
import { judges } from '../../src/matching/judges.ts';

const page = await readFile(new URL('../../docs/matching.md', import.meta.url), 'utf8');

/** The rows of the table with this head, cell by cell. */
function tableOf(head: string): string[][] {
  const [, body = ''] = page.split(`| ${head} |\n`);
  const [, ...rows] = body.split('\n\n')[0]?.split('\n') ?? [];
  return rows.map((row) => row.slice(2, -2).split(' | '));
}

test('the page on matching has each judge, with what it says and weighs', () => {
  expect(tableOf('judge | looks at the | weighs | says')).toEqual(
    Object.entries(judges).map(([name, { looksAt, weight, says }]) => [`\`${name}\``, looksAt, `${weight}`, says]),
  );
});

test('the page on matching has each piece of evidence, with what it tells', () => {
  expect(tableOf('evidence | tells')).toEqual(Object.entries(pieces).map(([name, { says }]) => [`\`${name}\``, says]));
});
