import { Worker } from 'node:worker_threads';
import type { Entry } from '../../knowledge/entry.ts';
import { type BookPlace, type OpenBook, openPacked, type PackedBook } from './learned-book.ts';

/** What the thread is given. */
export interface ThreadTask {
  readonly folders: readonly string[];
  readonly root: string;
  /** The folder of models. */
  readonly models: string;
  readonly lastGood: readonly Entry[];
}

/** What the thread tells: a line for the log, or the book at its end. */
export type ThreadMessage = { readonly line: string } | { readonly book: PackedBook };

/**
 * Reads and learns the book in a thread of its own, so that this one goes on answering.
 * @param lastGood the entries in use until now: of a file that has become faulty its entry stays
 * @param signal aborting it ends the thread
 * @throws KnowledgeUnreadable, OutlineInvalid, or the signal's reason
 */
export async function learnInThread(
  { folders, root, models }: BookPlace,
  lastGood: Iterable<Entry>,
  signal: AbortSignal,
): Promise<OpenBook> {
  signal.throwIfAborted();
  const workerData: ThreadTask = { folders, root, models: models.path, lastGood: [...lastGood] };
  const worker = new Worker(new URL('./learning-thread.ts', import.meta.url), { workerData });
  const learned = Promise.withResolvers<PackedBook>();
  worker.on('message', (message: ThreadMessage) => {
    if ('line' in message) models.tell(message.line);
    else learned.resolve(message.book);
  });
  worker.once('error', learned.reject);
  worker.once('exit', () => learned.reject(signal.aborted ? signal.reason : new Error('The learning thread ended')));
  const end = () => void worker.terminate();
  signal.addEventListener('abort', end, { once: true });
  try {
    return openPacked(await learned.promise);
  } finally {
    signal.removeEventListener('abort', end);
  }
}
