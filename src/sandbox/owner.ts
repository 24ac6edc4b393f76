import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** Codes of the file system that mean that the data folder cannot be written, or read. */
const notWritable = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ENOENT', 'EEXIST', 'ENOSPC']);

/**
 * The id of this Dockproof, kept in its data folder, so that after a crash it knows its own leftovers from another's.
 * Where the folder cannot be written the id is of this process only: demos run all the same, and only what they leave
 * if the process is killed stays until somebody removes it.
 * @throws Error if the folder holds something else in the id's place
 */
export async function readOwner(dataFolder: string): Promise<string> {
  const file = join(dataFolder, 'owner-id');
  const candidate = randomUUID();
  const kept = await readKept(file);
  if (kept !== null) return kept;
  try {
    await keep(candidate, dataFolder, file);
  } catch (error) {
    if (isNotWritable(error)) return candidate;
    throw error;
  }
  return (await readKept(file)) ?? candidate;
}

function isNotWritable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && notWritable.has(String(error.code));
}

async function readKept(file: string): Promise<string | null> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (isNotWritable(error)) return null;
    throw error;
  });
  if (text === null) return null;
  const parsed = z.uuid().safeParse(text.trim());
  if (parsed.success) return parsed.data;
  throw new Error(`${file} does not hold an id. Delete it and start again`, { cause: parsed.error });
}

/** A link is made whole or not at all, so two processes that start at once agree on one id. */
async function keep(candidate: string, dataFolder: string, file: string): Promise<void> {
  await mkdir(dataFolder, { recursive: true });
  const draft = `${file}.${candidate}`;
  await writeFile(draft, candidate);
  try {
    await link(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(draft);
  }
}
