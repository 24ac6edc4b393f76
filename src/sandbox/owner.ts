import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/**
 * The id of this Dockproof, kept in its data folder, so that after a crash it knows its own leftovers from another's.
 * @throws Error if the folder cannot be written
 */
export async function readOwner(dataFolder: string): Promise<string> {
  await mkdir(dataFolder, { recursive: true });
  const file = join(dataFolder, 'owner-id');
  const candidate = randomUUID();
  const draft = `${file}.${candidate}`;
  await writeFile(draft, candidate);
  try {
    // A link is made whole or not at all, so two processes that start at once agree on one id.
    await link(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(draft);
  }
  const parsed = z.uuid().safeParse((await readFile(file, 'utf8')).trim());
  if (parsed.success) return parsed.data;
  throw new Error(`${file} does not hold an id. Delete it and start again`, { cause: parsed.error });
}
