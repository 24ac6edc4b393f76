import { chown, mkdir, mkdtemp, readdir, rm, stat, symlink } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readOwner } from '../../src/sandbox/owner.ts';
import { openTestEngine, openTestRun, temporaryFolder } from '../engines/test-engine.ts';

const dead = encodeURIComponent(`${hostname()}/999999/1`);

/** A folder in everybody's place for temporary files, which goes when the test ends. */
async function inTemporary(name: string): Promise<string> {
  const path = join(tmpdir(), name);
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  await mkdir(path);
  return path;
}

test('a directory that everybody may write in has a name that nobody can guess or list', async () => {
  const { engine } = await openTestEngine();
  const { sandbox } = await openTestRun(engine);
  const [one, other] = [await sandbox.hostDirectory('shared'), await sandbox.hostDirectory('shared')];
  for (const { path, shownPath } of [one, other]) {
    expect(basename(path)).toMatch(/^[0-9a-f]{32}$/);
    expect((await stat(dirname(path))).mode & 0o777).toBe(0o711);
    expect(shownPath).toBe('$PWD/demo-shared');
  }
  expect(basename(one.path)).not.toBe(basename(other.path));
});

test('one whose removal failed when its run ended goes with the next look, and one of a run under way stays', async () => {
  const { engine } = await openTestEngine();
  const live = await openTestRun(engine);
  const { path } = await live.sandbox.hostDirectory('shared');
  const ended = crypto.randomUUID().slice(0, 8);
  const parent = dirname(path);
  const left = await inTemporary(basename(parent).replace(/-[0-9a-f]{8}-[^-]+$/, `-${ended}-Abc123`));
  expect(await engine.reap()).toBe(1);
  await expect(readdir(left)).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await readdir(path)).toEqual([]);
});

test('names that somebody made up stop nothing, and what is no directory of this user is left', async () => {
  const { engine, dataFolder } = await openTestEngine();
  const owner = await readOwner(dataFolder);
  await inTemporary(`dockproof-${owner}-%-x`);
  await inTemporary(`dockproof-${owner}-x`);
  const target = await mkdtemp(join(await temporaryFolder(), 'precious-'));
  const link = join(tmpdir(), `dockproof-${owner}-${dead}-link00`);
  await symlink(target, link);
  onTestFinished(() => rm(link, { force: true }));
  const left = await inTemporary(`dockproof-${owner}-${dead}-own000`);
  const foreign = process.getuid?.() === 0 ? await inTemporary(`dockproof-${owner}-${dead}-other0`) : null;
  if (foreign !== null) await chown(foreign, 65_534, 65_534);
  expect(await engine.reap()).toBe(1);
  await expect(readdir(left)).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await readdir(target)).toEqual([]);
  if (foreign !== null) expect(await readdir(foreign)).toEqual([]);
});
