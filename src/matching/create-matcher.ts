import type { Entry } from '../knowledge/entry.ts';
import { decide, decideListed, decideSmallTalk } from './decision.ts';
import { type LearnedModel, learn } from './learn.ts';
import { findListed } from './listed-questions.ts';
import type { Match, Matcher } from './match.ts';
import { matchNamed } from './match-named.ts';
import { nameIt } from './name-it.ts';
import { type Question, readQuestion } from './question.ts';
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

  function match(question: Question): Match {
    const listed = book[findListed(learned.listed, question) ?? book.length];
    if (listed) return decideListed(listed, () => search.find(question));
    const smallTalk = readSmallTalk(question.text);
    return smallTalk === null ? decide(search.find(question)) : decideSmallTalk(smallTalk);
  }

  /** The entries that an entry names as related, and those that name it. */
  function leadingTo({ id, related }: Entry): ReadonlySet<string> {
    return new Set([...related, ...book.filter((entry) => entry.related.includes(id)).map((entry) => entry.id)]);
  }

  return {
    match: (question) => match(readQuestion(question)),
    matchFollowUp(raw, previous) {
      const question = readQuestion(raw);
      const alone = match(question);
      const context = byId.get(previous);
      if (alone.outcome === 'answer' || alone.smallTalk !== null || !context) return alone;
      const found = search.findFollowUp(question, context);
      const together = decide(found);
      if (together.outcome === 'answer' && found.ownCover >= leastOwnCover) return together;
      const named = nameIt(question.text, context.title).map((text) => match(readQuestion(text)));
      return matchNamed({ alone, named }, context, leadingTo(context)) ?? alone;
    },
    terms: (question) =>
      search
        .terms(readQuestion(question))
        .flatMap(({ text, worth }) => (isWord(text) || isGroup(text) ? [{ text, worth }] : [])),
  };
}
