import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keepSeccompProfile } from '../../src/sandbox/seccomp-file.ts';
import { seccompProfile } from '../../src/sandbox/seccomp-profile.ts';
import { temporaryFolder } from '../engines/test-engine.ts';

test('the profile is kept in a file that everybody may read, in a folder that need not exist', async () => {
  const file = await keepSeccompProfile(join(await temporaryFolder(), 'new'));
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(seccompProfile)));
  expect((await stat(file)).mode & 0o777).toBe(0o644);
});

test('several at once agree on one file, and leave no other', async () => {
  const folder = await temporaryFolder();
  const files = await Promise.all([1, 2, 3].map(() => keepSeccompProfile(folder)));
  expect(new Set(files).size).toBe(1);
  expect(await readdir(folder)).toHaveLength(1);
});

test('a file that was changed, or that only its owner may read, is written anew', async () => {
  const folder = await temporaryFolder();
  const file = await keepSeccompProfile(folder);
  await writeFile(file, '{"defaultAction":"SCMP_ACT_ALLOW"}');
  expect(await keepSeccompProfile(folder)).toBe(file);
  expect(await readFile(file, 'utf8')).toContain('SCMP_ACT_ERRNO');
  await chmod(file, 0o600);
  await keepSeccompProfile(folder);
  expect((await stat(file)).mode & 0o777).toBe(0o644);
});
