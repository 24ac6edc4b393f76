import type { Matcher } from './match.ts';

/**
 * Makes a matcher that is made when it is first asked: learning a book takes as long as a thousand answers, and whoever
 * asks nothing should not wait for it.
 */
export function deferMatcher(make: () => Matcher): Matcher {
  let made: Matcher | null = null;
  const matcher = (): Matcher => {
    made ??= make();
    return made;
  };
  return {
    match: (question) => matcher().match(question),
    matchFollowUp: (question, previous) => matcher().matchFollowUp(question, previous),
    terms: (question) => matcher().terms(question),
  };
}
