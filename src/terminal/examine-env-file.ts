import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from './finding.ts';

/** The bits of a file's mode by which others may do something with it. */
const others = { write: 0o022, read: 0o044 } as const;

/**
 * Looks at who may read and change the file with the settings: it holds tokens, and names the engine that demos run on.
 * @param folder where `.env` is
 * @returns nothing where there is no such file
 */
export async function examineEnvFile(folder: string): Promise<Finding[]> {
  const found = await stat(join(folder, '.env')).catch(() => null);
  if (found === null) return [];
  const remedy = 'chmod 600 .env';
  if ((found.mode & others.write) !== 0)
    return [{ state: 'missing', name: 'settings', text: '.env can be changed by other users of this machine', remedy }];
  if ((found.mode & others.read) !== 0)
    return [{ state: 'warning', name: 'settings', text: '.env can be read by other users of this machine', remedy }];
  return [{ state: 'good', name: 'settings', text: '.env, for this user alone' }];
}
