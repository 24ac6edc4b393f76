import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readOwner } from '../../src/sandbox/owner.ts';
import { temporaryFolder } from '../engines/test-engine.ts';

describe('the id of this Dockproof', () => {
  test('stays the same, and processes that start at once agree on it', async () => {
    const folder = join(await temporaryFolder(), 'data');
    const ids = await Promise.all(Array.from({ length: 8 }, () => readOwner(folder)));
    expect(new Set([...ids, await readOwner(folder)]).size).toBe(1);
  });

  test('is of the process only where the data folder cannot be written', async () => {
    const folder = join(await temporaryFolder(), 'a-file');
    await writeFile(folder, '');
    const first = await readOwner(folder);
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(await readOwner(folder)).not.toBe(first);
  });

  test('is refused where something else stands in its place', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'owner-id'), 'not an id');
    await expect(readOwner(folder)).rejects.toThrow('does not hold an id. Delete it');
  });
});
