import { watch } from 'chokidar';
import { type LoadedBook, loadBook } from './load-book.ts';

/** Editors and `git pull` write several files in several steps: a change is read once it has been quiet this long. */
const quietMilliseconds = 250;

/** What to watch, and whom to tell. */
export interface BookWatch {
  /** The folders as `loadBook` takes them. */
  readonly folders: readonly string[];
  readonly root: string;
  /** The book in use. */
  readonly book: LoadedBook;
  /** Called with each new book. Files that have become faulty stand in its faults, their last good entries in it. */
  readonly onBook: (book: LoadedBook) => void;
  /** Called where the folders cannot be read or watched; the book in use stays. */
  readonly onError: (error: unknown) => void;
}

/**
 * Reads the book anew whenever a file below its folders is added, changed or removed.
 * @returns ends the watch, once it watches
 */
export async function watchBook({ folders, root, book, onBook, onError }: BookWatch): Promise<() => Promise<void>> {
  let current = book;
  let reading: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  const read = async (): Promise<void> => {
    try {
      current = await loadBook(folders, root, current);
      onBook(current);
    } catch (error) {
      onError(error);
    }
  };
  const watcher = watch([...folders], { ignoreInitial: true });
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      reading = reading.then(read);
    }, quietMilliseconds);
  });
  watcher.on('error', onError);
  const ready = Promise.withResolvers<void>();
  watcher.once('ready', ready.resolve);
  await ready.promise;
  return async () => {
    clearTimeout(timer);
    await watcher.close();
    await reading;
  };
}
