import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../engines/test-engine.ts';
import { accessStore } from '../store/open-test-store.ts';
import { runProgram } from './run-program.ts';

let folder: string;
const run = (...words: string[]) => runProgram(['gaps', ...words], { DATA_DIR: folder });

beforeEach(async () => {
  folder = await temporaryFolder();
  const access = accessStore(folder);
  const { gaps } = await access.open();
  for (const [index, question] of ['gpu in docker', 'docker gpu support', 'rootless\u001b[31m docker?'].entries()) {
    const where = { team: `T${index}`, place: 'C1', event: '1', person: 'U1' };
    await gaps.add({ ...where, question, normalised: question, kind: 'unknown', nearest: ['copy-on-write'], at: 1000 });
  }
  await access.close();
});

describe('gaps', () => {
  test('lists the questions of all workspaces in groups, with the nearest entries', async () => {
    const { code, out, err } = await run();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^docker gpu support {2}2× by 2\n {3}also +gpu in docker\n {3}nearest +copy-on-write\n/);
    expect(out).not.toContain('\u001b[31m');
  });

  test('--json prints one object for each group', async () => {
    const { out } = await run('--json');
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { question: 'docker gpu support', others: ['gpu in docker'], asked: 2, kinds: { unknown: 2 } },
      { asked: 1 },
    ]);
  });

  test('--drafts writes an entry for each group to fill in, and leaves what is there', async () => {
    const drafts = join(folder, 'new', 'drafts');
    await run('--drafts', drafts);
    const files = await readdir(drafts);
    expect(files).toHaveLength(2);
    const first = join(drafts, 'docker-gpu-support.md');
    expect(await readFile(first, 'utf8')).toContain('  - gpu in docker\n');
    await writeFile(first, 'mine');
    const { out } = await run('--drafts', drafts, '--json');
    expect(await readFile(first, 'utf8')).toBe('mine');
    expect(JSON.parse(out.split('\n')[0] ?? '')).toMatchObject({ draft: first });
  });

  test('says so where nothing was left open, and in one line where drafts cannot be written', async () => {
    const { code, err } = await run('--drafts', join(folder, 'dockproof.sqlite', 'x'));
    expect(code).toBe(2);
    expect(err.trim().split('\n')).toHaveLength(1);
    folder = await temporaryFolder();
    expect((await run()).out).toBe('No question was left open.\n');
    expect((await run('--json')).out).toBe('');
  });
});
