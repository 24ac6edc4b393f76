import { createSecretKey, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import type { StoreKeys } from '../../src/store/secret-box.ts';
import type { Store } from '../../src/store/store.ts';
import { prepareStore, type StoreAccess } from '../../src/store/store-access.ts';
import { temporaryFolder } from '../engines/test-engine.ts';
import { defaultSettings } from './default-settings.ts';

/** Without keys, as where the app is installed in one workspace by token. */
export const noKeys: StoreKeys = { current: null, previous: null };

/** A key as STORE_KEY gives it. */
export const newKey = () => createSecretKey(randomBytes(32));

/** The way to the store of a folder; closed when the test ends. */
export function accessStore(folder: string, keys: StoreKeys = noKeys): StoreAccess {
  const access = prepareStore(folder, { keys, defaults: defaultSettings });
  onTestFinished(() => access.close());
  return access;
}

/** A store of a folder of its own, and the folder. */
export async function openTestStore(keys: StoreKeys = noKeys): Promise<{ store: Store; folder: string }> {
  const folder = await temporaryFolder();
  return { store: await accessStore(folder, keys).open(), folder };
}

/** The file as any other program that knows SQLite sees it; closed when the test ends. */
export function openRaw(folder: string): DatabaseSync {
  const connection = new DatabaseSync(join(folder, 'dockproof.sqlite'), { timeout: 5000 });
  onTestFinished(() => connection.close());
  return connection;
}
