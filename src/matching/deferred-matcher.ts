import type { Entry } from '../knowledge/entry.ts';
import { createMatcher } from './create-matcher.ts';
import type { Matcher } from './match.ts';

/**
 * Makes a matcher that reads the book when it is first asked: reading one takes as long as a thousand answers, and
 * whoever asks nothing should not wait for it.
 */
export function deferMatcher(entries: Iterable<Entry>): Matcher {
  let made: Matcher | null = null;
  const matcher = (): Matcher => {
    made ??= createMatcher(entries);
    return made;
  };
  return {
    match: (question) => matcher().match(question),
    matchFollowUp: (question, previous) => matcher().matchFollowUp(question, previous),
    terms: (question) => matcher().terms(question),
  };
}
