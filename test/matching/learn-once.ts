import { createHash } from 'node:crypto';
import type { Entry } from '../../src/knowledge/entry.ts';
import { createMatcher } from '../../src/matching/create-matcher.ts';
import type { Matcher } from '../../src/matching/match.ts';

const learned = new Map<string, Matcher>();

/** Makes the matcher of a book; of the same book only once in a test file, since that takes long. */
export function learnOnce(entries: Iterable<Entry>): Matcher {
  const book = [...entries];
  const key = createHash('sha256').update(JSON.stringify(book)).digest('hex');
  const known = learned.get(key) ?? createMatcher(book);
  learned.set(key, known);
  return known;
}
