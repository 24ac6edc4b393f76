import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { projectFolder } from '../../src/assemble.ts';
import { DemoInvalid, findDemos } from '../../src/demos/catalogue/find-demos.ts';

const demos = await findDemos(pathToFileURL(`${projectFolder}src/demos/`));

describe.each([...demos.values()].map((demo) => [demo.id, demo] as const))('the demo %s', (_, demo) => {
  test('takes no input: nothing but its sandbox and the means to report', () => {
    expect(demo.run).toHaveLength(1);
    const { dockerOnly: _podman, networks: _networks, ...rest } = demo;
    expect(Object.keys(rest).sort()).toEqual(['claims', 'id', 'question', 'run', 'steps', 'title']);
  });

  test('asks a question with different options, one of them right', () => {
    const { options, right } = demo.question;
    expect(new Set(options).size).toBe(options.length);
    expect(options[right]).toBeDefined();
  });
});

describe('the catalogue', () => {
  async function folderWith(name: string, code: string): Promise<URL> {
    const folder = await mkdtemp(join(projectFolder, 'data-test-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, name), code);
    return pathToFileURL(`${folder}/`);
  }

  test('finds a demo that is one new file', async () => {
    const code = `export const demo = { id: 'fresh', title: 'A fresh demo', question: { text: 'What comes of it?', options: ['a', 'b'], right: 0 }, claims: ['x'], steps: { one: 'First' }, async *run() {} };`;
    expect([...(await findDemos(await folderWith('fresh.ts', code))).keys()]).toEqual(['fresh']);
  });

  test.each([
    ['exports no demo', 'export const other = 1;', /src\/demos\/odd\.ts does not export a demo/],
    [
      'has another id than its name',
      `export const demo = { id: 'even', title: 'An odd demo', question: { text: 'What comes of it?', options: ['a', 'b'], right: 0 }, claims: ['x'], steps: {}, async *run() {} };`,
      /has the id "even"/,
    ],
    [
      'has a right option that is none',
      `export const demo = { id: 'odd', title: 'An odd demo', question: { text: 'What comes of it?', options: ['a', 'b'], right: 2 }, claims: ['x'], steps: {}, async *run() {} };`,
      /right option/,
    ],
  ])('names a file that %s', async (_, code, expected) => {
    const found = findDemos(await folderWith('odd.ts', code));
    await expect(found).rejects.toThrow(DemoInvalid);
    await expect(found).rejects.toThrow(expected);
  });
});
