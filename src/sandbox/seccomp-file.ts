import { createHash, randomUUID } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { seccompProfile } from './seccomp-profile.ts';

/**
 * Keeps the seccomp profile in a file, for an engine that takes a profile by its path only. The file's name tells its
 * content, so two versions of this program never disagree about it; what is in it is checked each time.
 * @param folder where; made if it is missing
 * @returns the file's absolute path; everybody may read it, since the engine can be another user
 * @throws the file system's error where it cannot be written
 */
export async function keepSeccompProfile(folder: string): Promise<string> {
  const content = JSON.stringify(seccompProfile);
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
  const file = resolve(folder, `seccomp-${hash}.json`);
  if ((await readFile(file, 'utf8').catch(() => null)) !== content) {
    await mkdir(folder, { recursive: true });
    const draft = resolve(folder, `.seccomp-${randomUUID()}`);
    await writeFile(draft, content);
    // Whole or not at all, for an engine that reads it meanwhile.
    await rename(draft, file);
  }
  await chmod(file, 0o644);
  return file;
}
