import type { Entry } from '../knowledge/entry.ts';
import type { Outline } from '../knowledge/outline.ts';
import type { Matcher } from '../matching/match.ts';
import type { OpenBook } from '../matching/model/learned-book.ts';

/** The book in use, with the matcher made from it. A changed book comes as a new one, so read it anew each time. */
export interface Knowledge {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly matcher: Matcher;
  readonly outline: Outline;
}

/** Who is told of changes of the book in use. */
export interface KnowledgeWatcher {
  readonly onBook: (book: OpenBook) => void;
  readonly onError: (error: unknown) => void;
}

/**
 * Uses the book anew whenever a knowledge file changes.
 * @returns ends the watch
 */
export type WatchKnowledge = (told: KnowledgeWatcher) => Promise<() => Promise<void>>;
