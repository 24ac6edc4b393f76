import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { usage } from '../../src/terminal/arguments.ts';
import { commands } from '../../src/terminal/commands.ts';

const page = (name: string) => readFile(new URL(`../../${name}`, import.meta.url), 'utf8');
const documented = (await Promise.all(['README.md', 'docs/commands.md'].map(page))).join('\n');
const rows = [...(await page('README.md')).matchAll(/^\| `\.\/dockproof (.*?) +\|/gm)].map(([, row = '']) => row);
const own = [...commands].filter(([name]) => name !== 'help');

test.each(own)('%s stands in the help and on the pages, with each of its options', (name, { options }) => {
  expect(usage).toMatch(new RegExp(`^  \\./dockproof ${name}\\b`, 'm'));
  expect(documented).toMatch(new RegExp(`\`(?:\\./dockproof )?${name}\\b`));
  for (const option of Object.keys(options)) {
    expect(usage).toContain(`--${option}`);
    expect(documented).toContain(`--${option}`);
  }
});

describe('the table of the README', () => {
  test('has a row of each command that is for every day', () => {
    expect(new Set(rows.map((row) => row.split(/[\s`]/)[0]))).toEqual(
      new Set(['ask', 'demo', 'layers', 'prove', 'check', 'audit', 'gaps', 'serve', 'doctor']),
    );
  });

  test.each(rows)('has no option that there is not: %s', (row) => {
    const options = commands.get(row.split(/[\s`]/)[0] ?? '')?.options ?? {};
    for (const [, option = ''] of row.matchAll(/--([\w-]+)/g)) expect(Object.keys(options)).toContain(option);
  });
});
