import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../engines/test-engine.ts';
import { runProgram, startProgram } from './run-program.ts';

let settings: Record<string, string>;

/** Runs the bot until it says that it is live, does something, and ends it as a supervisor does. */
async function serveFor(during: () => Promise<void>): Promise<{ code: number | null; err: string }> {
  const child = startProgram(['serve'], { ...settings, PORT: '0' });
  if (!child.stdout || !child.stderr) throw new Error('The program has no output');
  const err = text(child.stderr);
  await once(child.stdout, 'data');
  await during();
  child.kill('SIGTERM');
  const [code] = await once(child, 'close');
  return { code, err: await err };
}

describe('where the data folder cannot be written', () => {
  beforeEach(async () => {
    const file = join(await temporaryFolder(), 'a-file');
    await writeFile(file, '');
    settings = { DATA_DIR: file };
  });

  test('ask answers from memory, and says in one line that nothing can be kept', async () => {
    const { code, out, err } = await runProgram(['ask', 'what is an image?'], settings);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^What is a Docker image\?/) });
    expect(err.trim().split('\n')).toEqual([
      expect.stringMatching(/^Learning the book from .* phrasings, once until it changes … .* done in .* s\.$/),
      expect.stringMatching(
        /^The learned model cannot be kept: ENOTDIR.* Answers work; the next start learns the book again\.$/,
      ),
    ]);
  });

  test.each([[['demo']], [['check']], [['demo', 'image-layers']]])('%j works all the same', async (words) => {
    const { code, err } = await runProgram(words, settings);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  test('serve says what to do, in one line, and exits 2', async () => {
    const { code, out, err } = await runProgram(['serve'], { ...settings, PORT: '0' });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err.trim()).toMatch(/^The store .*a-file\/dockproof\.sqlite cannot be written .*Set DATA_DIR.*$/);
  });

  test('doctor names the store as missing', async () => {
    const { code, out } = await runProgram(['doctor'], settings);
    expect(code).not.toBe(0);
    expect(out).toMatch(/✗ store +The store cannot be made, .*a-file is not a folder\. Set DATA_DIR/);
  });
});

describe('where it can', () => {
  beforeEach(async () => {
    settings = { DATA_DIR: await temporaryFolder() };
  });

  test('commands that do not need the store make none', async () => {
    await runProgram(['ask', 'what is an image?'], settings);
    await runProgram(['check'], settings);
    const { out } = await runProgram(['doctor'], settings);
    expect(out).toMatch(/✓ store +.*dockproof\.sqlite, made at its first use/);
    expect(await readdir(settings.DATA_DIR ?? '')).not.toContain('dockproof.sqlite');
  });

  test('serve opens the store, removes what is past its retention, and closes it at its end', async () => {
    const file = join(settings.DATA_DIR ?? '', 'dockproof.sqlite');
    await serveFor(async () => undefined);
    const other = new DatabaseSync(file);
    other.exec("INSERT INTO seen_events (team, channel, event, at) VALUES ('T1', 'C1', '1.1', 1)");
    other.close();
    const { code, err } = await serveFor(async () => {
      expect(await readdir(settings.DATA_DIR ?? '')).toContain('dockproof.sqlite-wal');
    });
    expect(code).toBe(0);
    expect(err).toMatch(/"removed":1,"msg":"removed what is past its retention from the store"/);
    const left = (await readdir(settings.DATA_DIR ?? '')).filter((name) => name.startsWith('dockproof'));
    expect(left).toEqual(['dockproof.sqlite']);
    const { out } = await runProgram(['doctor'], settings);
    expect(out).toMatch(/✓ store +.*dockproof\.sqlite, \d+ KiB, version \d+, can be written/);
  });

  test('a damaged store is told by serve and by doctor, and is not touched', async () => {
    const file = join(settings.DATA_DIR ?? '', 'dockproof.sqlite');
    await writeFile(file, 'no database '.repeat(1000));
    const { code, err } = await runProgram(['serve'], { ...settings, PORT: '0' });
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringMatching(/is damaged .*move the file/) });
    expect((await runProgram(['doctor'], settings)).out).toMatch(/✗ store +.*is damaged/);
    expect(await readFile(file, 'utf8')).toBe('no database '.repeat(1000));
  });
});
