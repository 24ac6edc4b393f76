import { join } from 'node:path';
import type { Entry } from '../../src/knowledge/entry.ts';
import { createMatcher } from '../../src/matching/create-matcher.ts';
import type { Matcher } from '../../src/matching/match.ts';
import { bookWithout, isHeldOut, phrasingQuestions } from './held-out.ts';
import { measureQuality } from './quality.ts';
import type { Measured } from './quality-table.ts';
import { readQuestionFile } from './question-file.ts';

/** How matching does on what the repository holds. */
export interface OwnQuality {
  readonly own: Measured;
  readonly heldOut: Measured;
}

/**
 * Measures matching on our own questions, asked of the book as it is, and on the phrasings that are held out, asked of a
 * book that has never learned them.
 * @param root the project's folder
 * @param matcher of that book, where there is one already
 */
export async function measureOwnQuality(
  root: string,
  entries: ReadonlyMap<string, Entry>,
  matcher: Matcher = createMatcher(entries.values()),
): Promise<OwnQuality> {
  const book = [...entries.values()];
  const own = await readQuestionFile(join(root, 'test/matching/questions.jsonl'));
  const heldOut = phrasingQuestions(book, isHeldOut);
  return {
    own: { name: 'own questions', ...measureQuality(own, matcher, entries) },
    heldOut: {
      name: 'held-out phrasings',
      ...measureQuality(heldOut, createMatcher(bookWithout(book, isHeldOut)), entries),
    },
  };
}
