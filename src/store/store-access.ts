import { join } from 'node:path';
import type { Database } from './database.ts';
import type { Store, StoreOptions } from './store.ts';
import type { StoreFileFacts } from './store-file.ts';

/**
 * The way to the store. Nothing touches the disk, or loads the database, before `open`: so a command that does not need
 * the store starts sooner, and works where the data folder cannot be written.
 */
export interface StoreAccess {
  /** The store's file. */
  readonly file: string;
  /**
   * The store; opened at the first call, the same one after it. A failed call is tried anew by the next one.
   * @throws StoreUnavailable, saying what to do
   */
  open(): Promise<Store>;
  /** The file as it is, unchanged; null where there is none yet. @throws StoreUnavailable as `open` does */
  inspect(): Promise<StoreFileFacts | null>;
  /**
   * Closes the file if it is open, after what still waits for another process, for a moment. After that the store that
   * `open` gave refuses every call.
   */
  close(): Promise<void>;
}

/** Milliseconds that the end of the program waits for work that waits for another process. */
const lastPatience = 1000;

interface OpenStore {
  readonly store: Store;
  readonly database: Database;
  readonly close: () => void;
}

/** The store's file in a data folder. */
export function storeFileIn(dataFolder: string): string {
  return join(dataFolder, 'dockproof.sqlite');
}

/** Prepares the way to the store of a data folder. */
export function prepareStore(dataFolder: string, options: StoreOptions): StoreAccess {
  const file = storeFileIn(dataFolder);
  let opening: Promise<OpenStore> | null = null;

  async function openFile(): Promise<OpenStore> {
    const [{ openStoreFile }, { createDatabase }, { createStore }] = await Promise.all([
      import('./store-file.ts'),
      import('./database.ts'),
      import('./store.ts'),
    ]);
    const connection = await openStoreFile(file);
    const database = createDatabase(connection, file);
    return { store: createStore(database, options), database, close: () => connection.close() };
  }

  return {
    file,
    async open() {
      opening ??= openFile();
      const own = opening;
      try {
        return (await own).store;
      } catch (error) {
        if (opening === own) opening = null;
        throw error;
      }
    },
    inspect: async () => (await import('./store-file.ts')).inspectStoreFile(file),
    async close() {
      const opened = await opening?.catch(() => null);
      opening = null;
      if (!opened) return;
      await opened.database.settle(lastPatience);
      opened.close();
    },
  };
}
