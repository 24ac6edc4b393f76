import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { removeTree } from '../../src/sandbox/remove-tree.ts';
import { temporaryFolder } from '../engines/test-engine.ts';

/** How often the race is run. */
const races = 1000;

/** Another user of this host; this one where only root may become another. */
const stranger = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/**
 * Swaps, as fast as it can, the directory `deep` in each folder named on its input for a link to the victim's, and back.
 * It enters the folder first, as a process does that was in it before anybody began to remove it.
 */
const swapper = `
  const fs = require('fs');
  const [, victim] = process.argv;
  const quietly = (action) => { try { action(); } catch {} };
  let until = 0;
  process.stdin.on('data', (line) => {
    quietly(() => process.chdir(String(line).trim()));
    process.stdout.write('ready\\n');
    const stop = Date.now() + 4;
    while (Date.now() < stop) {
      quietly(() => fs.renameSync('deep', 'kept'));
      quietly(() => fs.symlinkSync(victim, 'deep'));
      quietly(() => fs.unlinkSync('deep'));
      quietly(() => fs.renameSync('kept', 'deep'));
    }
    process.stdout.write('done\\n');
  });
`;

async function startSwapper(
  victim: string,
): Promise<{ race(folder: string, removal: () => Promise<void>): Promise<void> }> {
  const child: ChildProcess = spawn(process.execPath, ['-e', swapper, victim], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...stranger,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('The swapper has no input');
  let said = '';
  stdout.on('data', (text) => {
    said += text;
  });
  const hear = async (word: string) => {
    while (!said.includes(word)) await once(stdout, 'data');
  };
  return {
    async race(folder, removal) {
      said = '';
      stdin.write(`${folder}\n`);
      await hear('ready');
      await removal();
      await hear('done');
    },
  };
}

describe('a tree', () => {
  test('is removed with all that is in it, however deep', async () => {
    const folder = join(await temporaryFolder(), 'tree');
    const deep = Array.from({ length: 150 }, () => 'd').join('/');
    await mkdir(join(folder, deep), { recursive: true });
    await writeFile(join(folder, deep, 'file'), 'x');
    await symlink('/nowhere', join(folder, 'link'));
    expect(await removeTree(folder)).toBe(true);
    await expect(readdir(folder)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await removeTree(folder)).toBe(false);
  });

  test('that is a link is left, and so is what it leads to', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'precious'));
    await writeFile(join(folder, 'precious', 'file'), 'precious');
    await symlink(join(folder, 'precious'), join(folder, 'tree'));
    expect(await removeTree(join(folder, 'tree'))).toBe(false);
    expect(await readFile(join(folder, 'precious', 'file'), 'utf8')).toBe('precious');
  });

  test(`in which another user puts links in the place of directories takes nothing with it, in ${races} races`, async () => {
    const folder = await temporaryFolder();
    await chmod(folder, 0o711);
    const victim = join(folder, 'victim');
    await mkdir(victim);
    const files = Array.from({ length: 4 }, (_, index) => `precious-${index}`);
    for (const name of files) await writeFile(join(victim, name), 'precious');
    const { race } = await startSwapper(victim);
    for (let round = 0; round < races; round++) {
      const tree = join(folder, `tree-${round}`);
      for (const path of ['', 'sub', 'sub/deep']) {
        await mkdir(join(tree, path));
        await chmod(join(tree, path), 0o777);
      }
      for (const name of files) await writeFile(join(tree, 'sub/deep', name), 'x');
      await race(join(tree, 'sub'), async () => void (await removeTree(tree)));
    }
    expect((await readdir(victim)).sort()).toEqual([...files].sort());
  }, 180_000);
});
