import type { Entry } from '../knowledge/entry.ts';
import { cleanQuestion } from './cleaning.ts';
import { decide, decideListed } from './decision.ts';
import { type LearnedModel, learn } from './learn.ts';
import { findListed } from './listed-questions.ts';
import type { Match, Matcher } from './match.ts';
import { createSearch } from './search.ts';
import { readSmallTalk } from './small-talk.ts';
import { isGroup, isWord } from './terms.ts';

/**
 * How much of what a follow-up itself says its match must speak of: else it would be the context alone that matches.
 * Real follow-ups are above it, remarks between people below; see test/assistant/follow-ups.jsonl.
 */
const leastOwnCover = 0.6;

/**
 * Makes a matcher over a book.
 * @param entries the book's entries and signposts
 * @param model what was learned from them; learned here where it is left out, which takes as long as a thousand answers
 * @returns a matcher that never throws, whatever the question
 */
export function createMatcher(entries: Iterable<Entry>, model?: LearnedModel): Matcher {
  const book = [...entries];
  const byId = new Map(book.map((entry) => [entry.id, entry]));
  const learned = model ?? learn(book);
  const search = createSearch(book, learned);

  function match(question: string): Match {
    const smallTalk = readSmallTalk(cleanQuestion(question));
    const found = search.find(question);
    const listed = book[findListed(learned.listed, question) ?? book.length];
    if (listed) return decideListed(listed, found);
    if (smallTalk === null) return decide(found);
    const none = decide({ ...found, ranking: [] });
    return { ...none, smallTalk, explanation: { ...none.explanation, reason: 'Small talk, not a question.' } };
  }

  return {
    match,
    matchFollowUp(question, previous) {
      const alone = match(question);
      const context = byId.get(previous);
      if (alone.outcome === 'answer' || alone.smallTalk !== null || !context) return alone;
      const found = search.findFollowUp(question, context);
      const together = decide(found);
      return together.outcome === 'answer' && found.ownCover >= leastOwnCover ? together : alone;
    },
    terms: (question) =>
      search
        .find(question)
        .query.flatMap(({ text, worth }) => (isWord(text) || isGroup(text) ? [{ text, worth }] : [])),
  };
}
