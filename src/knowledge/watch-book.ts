import { statSync } from 'node:fs';
import { watch } from 'chokidar';

/** Editors and `git pull` write several files in several steps: a change is read once it has been quiet this long. */
const quietMilliseconds = 250;

/** Milliseconds between two looks whether a folder is another one: of one that was removed and made again nothing tells. */
const lookMilliseconds = 1000;

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
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (waits) return;
      waits = true;
      reading = reading.then(readAnew);
    }, quietMilliseconds);
  };
  const watcher = watch([...folders], { ignoreInitial: true, followSymlinks: false });
  watcher.on('all', changed);
  const known = new Map(folders.map((folder) => [folder, identityOf(folder)]));
  const looking = setInterval(() => {
    for (const folder of folders) {
      const identity = identityOf(folder);
      if (identity === known.get(folder)) continue;
      known.set(folder, identity);
      watcher.unwatch(folder);
      if (identity === null) continue;
      watcher.add(folder);
      changed();
    }
  }, lookMilliseconds).unref();
  watcher.on('error', onError);
  const ready = Promise.withResolvers<void>();
  watcher.once('ready', ready.resolve);
  await ready.promise;
  return async () => {
    stopped = true;
    clearTimeout(timer);
    clearInterval(looking);
    await watcher.close();
    await reading;
  };
}

/** Tells a folder from one that has taken its place; null where there is none. The number of a removed one is used anew. */
function identityOf(folder: string): string | null {
  const found = statSync(folder, { throwIfNoEntry: false });
  return found === undefined ? null : `${found.dev} ${found.ino} ${found.birthtimeMs}`;
}
