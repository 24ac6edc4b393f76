import type { Entry } from '../knowledge/entry.ts';
import { cleanQuestion } from './cleaning.ts';
import { decide } from './decision.ts';
import type { Matcher } from './match.ts';
import { createSearch } from './search.ts';
import { readSmallTalk } from './small-talk.ts';
import { isGroup, isWord } from './terms.ts';

/**
 * Makes a matcher over a book.
 * @param entries the book's entries and signposts
 * @returns a matcher that never throws, whatever the question
 */
export function createMatcher(entries: Iterable<Entry>): Matcher {
  const search = createSearch(entries);
  return {
    terms: (question) =>
      search(question).query.flatMap(({ text, worth }) => (isWord(text) || isGroup(text) ? [{ text, worth }] : [])),
    match(question) {
      const smallTalk = readSmallTalk(cleanQuestion(question));
      const found = search(question);
      if (smallTalk === null) return decide(found);
      const match = decide({ ...found, ranking: [] });
      return { ...match, smallTalk, explanation: { ...match.explanation, reason: 'Small talk, not a question.' } };
    },
  };
}
