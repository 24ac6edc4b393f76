import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatFault } from '../../src/knowledge/fault.ts';
import { loadBook } from '../../src/knowledge/load-book.ts';
import { watchBook } from '../../src/knowledge/watch-book.ts';
import { temporaryFolder } from '../engines/test-engine.ts';

const entry = (id: string, body = 'A thing is a thing.', more = '') => `---
id: ${id}
title: What is a thing, then?
chapter: storage
topic: volumes-basics
asks: [what is ${id}]
sources: [https://docs.docker.com/]
${more}---
${body}
`;

const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
for (let level = 1; level < 9; level++) {
  const [name, inner] = ['abcdefghi'[level], 'abcdefghi'[level - 1]];
  bomb.push(`${name}: &${name} [${Array.from({ length: 10 }, () => `*${inner}`).join(', ')}]`);
}

describe('one file that cannot be read is a fault of that file, and the others are a book', () => {
  test.each([
    ['aliases of aliases', entry('bad', undefined, `${bomb.join('\n')}\n`)],
    ['an alias of nothing', entry('bad', undefined, 'related:\n  - *nope\n')],
    ['5,000 nested lists', entry('bad', undefined, `related: ${'['.repeat(5000)}${']'.repeat(5000)}\n`)],
    ['200,000 quotations', entry('bad', '>'.repeat(200_000))],
    ['2,400 nested quotations', entry('bad', `${'>'.repeat(2400)} deep`)],
    ['1,200 nested lists of a body', entry('bad', `${'- '.repeat(1200)}deep`)],
    ['2,000 brackets', entry('bad', '['.repeat(2000))],
    ['2,000 stars', entry('bad', '*a '.repeat(800))],
    ['a file of a megabyte', entry('bad', 'x'.repeat(1_000_000))],
    ['no text at all', '\u0000\ud800---\n'.repeat(100)],
  ])('%s', async (_, text) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'good.md'), entry('good'));
    await writeFile(join(folder, 'bad.md'), text);
    const { entries, faults } = await loadBook([folder], folder);
    expect([...entries.keys()]).toContain('good');
    if (!entries.has('bad')) expect(faults.map(formatFault)).toContainEqual(expect.stringMatching(/^bad\.md:\d+: /));
  });

  test('a file of phrasings without end', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'phrasings'));
    await writeFile(join(folder, 'good.md'), entry('good'));
    await writeFile(join(folder, 'phrasings/good.txt'), 'what is it?\n'.repeat(500_000));
    const { entries, faults } = await loadBook([folder], folder);
    expect(entries.get('good')?.phrasings).toEqual(['what is good']);
    expect(faults.map(formatFault)).toEqual([expect.stringMatching(/good\.txt:1: The file has more than/)]);
  });
});

test('links are not followed, neither to read nor to watch', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'good.md'), entry('good'));
  await symlink('/proc', join(folder, 'everything'));
  await symlink(folder, join(folder, 'circle'));
  await symlink('/dev/zero', join(folder, 'endless.md'));
  const { entries } = await loadBook([folder], folder);
  expect([...entries.keys()]).toEqual(['good']);
  const unused = () => undefined;
  const stop = await watchBook({
    folders: [folder],
    read: () => loadBook([folder], folder),
    onBook: unused,
    onError: unused,
  });
  await stop();
});

test('a folder that is too deep is told by its name', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, ...Array.from({ length: 20 }, () => 'deep')), { recursive: true });
  await expect(loadBook([folder], folder)).rejects.toThrow(/Cannot read the knowledge in .* folders deep/);
});
