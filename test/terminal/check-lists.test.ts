import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { projectFolder } from '../../src/assemble.ts';
import { findDemos } from '../../src/demos/catalogue/find-demos.ts';
import { readRules } from '../../src/knowledge/rules/read-rules.ts';
import { check } from '../../src/terminal/check-command.ts';
import { listImages } from '../../src/terminal/check-lists.ts';
import { createStyle } from '../../src/terminal/terminal.ts';
import { temporaryFolder } from '../engines/test-engine.ts';
import { runProgram } from './run-program.ts';

/** Runs a part of the program with a terminal, and tells what it wrote. */
async function written(run: (terminal: Parameters<typeof listImages>[2]) => number | Promise<number>) {
  const [input, out, err] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const code = await run({ in: input, out, err, style: createStyle(false), interactive: false });
  out.end();
  return { code, out: await text(out) };
}

describe('check', () => {
  test('prints hints, which are no faults', async () => {
    const folder = join(projectFolder, 'knowledge');
    const demos = await findDemos(new URL('../../src/demos/', import.meta.url));
    const models = { path: await temporaryFolder(), tell: () => undefined };
    const parts = { place: { folders: [folder], root: projectFolder, models }, demos, projectFolder };
    const { code, out } = await written((terminal) => check({ ...parts, now: new Date('2028-12-01') }, terminal));
    expect(out).toMatch(/^knowledge\/\S+\.md:\d+: hint: Last checked 25 months ago, in 2026-11\. Check it against/m);
    expect(out).toContain('The book is sound');
    expect(code).toBe(0);
  });

  test('counts one fault as one', async () => {
    const [shipped, own] = [join(projectFolder, 'knowledge'), await temporaryFolder()];
    await writeFile(join(own, 'broken.md'), 'No head.\n');
    const demos = await findDemos(new URL('../../src/demos/', import.meta.url));
    const models = { path: await temporaryFolder(), tell: () => undefined };
    const parts = { place: { folders: [shipped, own], root: projectFolder, models }, demos, projectFolder };
    const { code, out } = await written((terminal) => check({ ...parts, now: new Date() }, terminal));
    expect(out).toMatch(/^1 fault in \d+ entries/m);
    expect(code).toBe(1);
  });

  test('every file of the shipped book says when it was checked', async () => {
    const { code, out } = await runProgram(['check']);
    expect(code).toBe(0);
    expect(out).not.toContain('Nobody has written when');
  });

  test('takes one list at a time', async () => {
    const { code, err } = await runProgram(['check', '--images', '--versions']);
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringContaining('one of --versions, --images, --links and --phrasings at a time'),
    });
  });
});

test('check --versions lists sentences with file and line, by what they name', async () => {
  const { code, out } = await runProgram(['check', '--versions']);
  expect(code).toBe(0);
  expect(out).toMatch(/^since Engine 29\n( {2}knowledge\/\S+\.md:\d+: .*[Ss]ince Engine 29.*\n)+/m);
  expect(out).toMatch(/^with the containerd store\n {2}knowledge\//m);
  expect(out).toMatch(/\n\d+ sentences, \d+ versions, stores and platforms\.\n$/);
});

describe('check --images', () => {
  test('lists each version with its last day', async () => {
    const { code, out } = await runProgram(['check', '--images']);
    expect(code).toBe(0);
    expect(out).toMatch(/^postgres:17 +(supported until|ended) 2029-11-08$/m);
    expect(out).toMatch(/^busybox:\S+ +no dates$/m);
  });

  test('hints at versions that have ended, with what to use, and at dates that are old', async () => {
    const rules = await readRules(join(projectFolder, 'knowledge'));
    const { code, out } = await written((terminal) => listImages(rules, new Date('2029-12-01'), terminal));
    expect(code).toBe(0);
    expect(out).toMatch(
      /example-images\.yaml:1: hint: postgres:17 has had no fixes since 2029-11-08\. Use postgres:18, here/,
    );
    expect(out).toMatch(/end-of-life\.yaml:1: hint: The dates are 40 months old\. Compare them/);
  });
});

describe('check --links', () => {
  async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
    const folder = await temporaryFolder();
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
    return folder;
  }

  test('tells links to what a folder of documentation does not have', async () => {
    const docs = await folderOf({ 'content/manuals/engine/storage/_index.md': '# Storage\n' });
    const { code, out } = await runProgram(['check', '--links', docs]);
    expect(code).toBe(1);
    expect(out).toMatch(/^knowledge\/\S+:\d+: https:\/\/docs\.docker\.com\/\S+: there is no such page\. Link to/m);
    expect(out).not.toContain('docs.docker.com/engine/storage/: ');
    expect(out).toMatch(
      /\n\d+ links found, \d+ dead, 0 moved, 0 that the folder cannot decide; \d+ lead to other sites/,
    );
  });

  test('says what folder it needs', async () => {
    const { code, err } = await runProgram(['check', '--links', '/nowhere']);
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringContaining('/nowhere is no checkout of https://github.com/docker/docs'),
    });
  });
});
