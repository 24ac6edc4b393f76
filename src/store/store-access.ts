import { wrapConnection } from './database.ts';
import { createStore, type Store, type StoreOptions } from './store.ts';
import { inspectStoreFile, openStoreFile, type StoreFileFacts, storeFileIn } from './store-file.ts';

/**
 * The way to the store. Nothing touches the disk before `open`, so that a command that does not need the store works
 * where the data folder cannot be written.
 */
export interface StoreAccess {
  /** The store's file. */
  readonly file: string;
  /**
   * The store; opened at the first call, the same one after it. A failed call is tried anew by the next one.
   * @throws StoreUnavailable, saying what to do
   */
  open(): Store;
  /** The file as it is, unchanged; null where there is none yet. @throws StoreUnavailable as `open` does */
  inspect(): StoreFileFacts | null;
  /** Closes the file if it is open. After that the store that `open` gave refuses every call. */
  close(): void;
}

/** Prepares the way to the store of a data folder. */
export function prepareStore(dataFolder: string, options: StoreOptions): StoreAccess {
  const file = storeFileIn(dataFolder);
  let opened: { readonly store: Store; readonly close: () => void } | null = null;
  return {
    file,
    open() {
      if (opened === null) {
        const connection = openStoreFile(file);
        opened = { store: createStore(wrapConnection(connection, file), options), close: () => connection.close() };
      }
      return opened.store;
    },
    inspect: () => inspectStoreFile(file),
    close() {
      opened?.close();
      opened = null;
    },
  };
}
