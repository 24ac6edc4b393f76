import type { WatchKnowledge } from './assistant/knowledge.ts';
import { learnInThread } from './matching/model/learn-in-thread.ts';
import type { BookPlace, OpenBook } from './matching/model/learned-book.ts';

/** The book in use, which changes while the program runs. */
export interface BookInUse {
  /** It has to be open. */
  readonly book: () => OpenBook;
  /** Resolves when it can be asked without a wait. */
  readonly ready: () => Promise<void>;
  readonly watchKnowledge: WatchKnowledge;
}

/** What a book in use is made of. */
export interface BookParts {
  readonly place: BookPlace;
  /** As it was opened at the start; null where it was not. */
  readonly atFirst: OpenBook | null;
  /** Whether what was not learned yet is learned in a thread of its own. */
  readonly warm: boolean;
  /** Told what became of that, where it went wrong; one line. */
  readonly tell: (line: string) => void;
}

/** Keeps which book is in use. */
export function createBookInUse({ place, atFirst, warm, tell }: BookParts): BookInUse {
  let opened = atFirst;
  const book = (): OpenBook => {
    if (opened === null) throw new Error('The book is needed, but it was not opened. Assemble the program with it');
    return opened;
  };
  const closing = new AbortController();
  const learnAnew = () => learnInThread(place, book().entries.values(), closing.signal);
  let learning: Promise<void> | null = null;
  const learnAtFirst = async (): Promise<void> => {
    if (!warm || book().edition.learnedIn !== null) return;
    try {
      opened = await learnAnew();
    } catch (error) {
      if (closing.signal.aborted) return;
      tell(`The book could not be learned in a thread of its own: ${String(error)}. It is learned when it is asked.`);
    }
  };
  const ready = () => {
    learning ??= learnAtFirst();
    return learning;
  };
  return {
    book,
    ready,
    async watchKnowledge({ onBook, onError }) {
      const { watchBook } = await import('./knowledge/watch-book.ts');
      const stop = await watchBook({
        folders: place.folders,
        // Not beside the first learning, which would put an older book in the place of a newer one.
        read: () => ready().then(learnAnew),
        onBook(changed) {
          opened = changed;
          onBook(changed);
        },
        onError,
      });
      return () => {
        closing.abort();
        return stop();
      };
    },
  };
}
