import type { Entry } from '../knowledge/entry.ts';
import type { Outline } from '../knowledge/outline.ts';
import type { Matcher } from '../matching/match.ts';

/** The book in use, with the matcher made from it. A changed book comes as a new one, so read it anew each time. */
export interface Knowledge {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly matcher: Matcher;
  readonly outline: Outline;
}
