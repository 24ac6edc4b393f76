import { watch } from 'chokidar';

/** Editors and `git pull` write several files in several steps: a change is read once it has been quiet this long. */
const quietMilliseconds = 250;

/** What to watch, and whom to tell. */
export interface BookWatch<Read> {
  readonly folders: readonly string[];
  /** Reads the book anew. Changes that come meanwhile are read together after it. */
  readonly read: () => Promise<Read>;
  /** Called with each new book. */
  readonly onBook: (book: Read) => void;
  /** Called where the folders cannot be read or watched; the book in use stays. */
  readonly onError: (error: unknown) => void;
}

/**
 * Reads the book anew whenever a file below its folders is added, changed or removed.
 * @returns ends the watch, once it watches
 */
export async function watchBook<Read>({
  folders,
  read,
  onBook,
  onError,
}: BookWatch<Read>): Promise<() => Promise<void>> {
  let reading: Promise<void> = Promise.resolve();
  let waits = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const readAnew = async (): Promise<void> => {
    waits = false;
    try {
      const book = await read();
      if (!stopped) onBook(book);
    } catch (error) {
      if (!stopped) onError(error);
    }
  };
  const watcher = watch([...folders], { ignoreInitial: true });
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (waits) return;
      waits = true;
      reading = reading.then(readAnew);
    }, quietMilliseconds);
  });
  watcher.on('error', onError);
  const ready = Promise.withResolvers<void>();
  watcher.once('ready', ready.resolve);
  await ready.promise;
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await watcher.close();
    await reading;
  };
}
