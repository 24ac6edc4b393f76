import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, readdir, rename, rmdir, unlink } from 'node:fs/promises';
import { promisify } from 'node:util';

/** How many directories are held open below one another; what lies deeper is moved up first. */
const deepest = 50;

const directoryOnly = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;

/** How often a directory is read anew that somebody fills while it is emptied. */
const mostRounds = 100;

/**
 * Removes a directory of this user with everything in it, and follows no link, also none that somebody puts in a
 * directory's place meanwhile: each name is looked up in the directory that was opened, not along a path. Node's own `rm`
 * looks names up by their path, so whoever may write in the tree can lead it elsewhere. On other systems than Linux,
 * which alone has `/proc/self/fd`, it leaves it to `/bin/rm`.
 * @param path in a directory that nobody else can change, or one like `/tmp` where nobody can change what is another's
 * @returns whether it was removed: false where there is no such directory of this user
 * @throws the file system's error where something in it cannot be removed
 */
export async function removeTree(path: string): Promise<boolean> {
  const top = await openDirectory(path);
  if (top === null) return false;
  try {
    if ((await top.stat()).uid !== process.getuid?.()) return false;
    // From here on nobody else comes in.
    await top.chmod(0o700);
    if (process.platform === 'linux') {
      await empty(top, top, 0);
      await rmdir(path);
    } else await promisify(execFile)('/bin/rm', ['-rf', '--', path]);
    return true;
  } finally {
    await top.close();
  }
}

/** @returns null for what is no directory, or is not there (any more) */
async function openDirectory(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, directoryOnly);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'ELOOP')) return null;
    throw error;
  }
}

/** A name in an open directory, for calls that follow no link in the last part of a path. */
function within(directory: FileHandle, name: string): string {
  return `/proc/self/fd/${directory.fd}/${name}`;
}

async function empty(directory: FileHandle, top: FileHandle, depth: number): Promise<void> {
  for (let round = 0; round < mostRounds; round++) {
    const names = await readdir(`/proc/self/fd/${directory.fd}`);
    if (names.length === 0) return;
    for (const name of names) await removeEntry(directory, name, top, depth);
  }
}

async function removeEntry(directory: FileHandle, name: string, top: FileHandle, depth: number): Promise<void> {
  const child = await openDirectory(within(directory, name));
  try {
    if (child === null) await unlink(within(directory, name));
    else if (depth < deepest) {
      await empty(child, top, depth + 1);
      await rmdir(within(directory, name));
    } else await rename(within(directory, name), within(top, randomUUID()));
  } catch (error) {
    // What changed its kind, went away or was filled again meanwhile is met again when the names are read anew.
    if (!hasCode(error, 'ENOENT', 'EISDIR', 'ENOTDIR', 'ENOTEMPTY')) throw error;
  } finally {
    await child?.close();
  }
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
