import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from '../../../src/assemble.ts';
import { shippedRules } from './body-faults.ts';

/** The rows of the table below a heading, as they are written. */
async function tableBelow(heading: string): Promise<string[]> {
  const guide = await readFile(join(projectFolder, 'docs/writing-entries.md'), 'utf8');
  const section = guide.split(/^## /m).find((text) => text.startsWith(heading)) ?? '';
  // Without the header and the line under it.
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2);
}

test('the guide shows each command that destroys, and what it loses', async () => {
  const rows = shippedRules.destroying.commands.map(({ command, options, loses }) => {
    const typed = [command, ...options.slice(0, 1)].join(' ');
    return `| \`${typed}\` | ${loses} |`;
  });
  expect(await tableBelow('Commands that destroy')).toEqual(rows);
});

test('the guide shows each of the words for versions, stores and platforms', async () => {
  const rows = shippedRules.versions.phrases.map(({ say }) => `| ${say} |`);
  expect(await tableBelow('Versions, stores and platforms')).toEqual(rows);
});
