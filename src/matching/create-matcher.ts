import type { Entry } from '../knowledge/entry.ts';
import { cleanQuestion } from './cleaning.ts';
import { decide } from './decision.ts';
import { readDomain } from './domain.ts';
import { buildEntryIndex } from './entry-index.ts';
import { readEntryTerms } from './entry-terms.ts';
import type { Match, Matcher } from './match.ts';
import { questionTerms } from './question.ts';
import { rankEntries, toQuery } from './ranking.ts';
import { readSmallTalk } from './small-talk.ts';
import { createVocabulary } from './vocabulary.ts';

/**
 * Makes a matcher over a book.
 * @param entries the book's entries and signposts
 * @returns a matcher that never throws, whatever the question
 */
export function createMatcher(entries: Iterable<Entry>): Matcher {
  const book = [...entries];
  const vocabulary = createVocabulary();
  const words = new Set<string>();
  const read = book.map((entry) => readEntryTerms(entry, vocabulary, words));
  const index = buildEntryIndex(read, vocabulary.size);
  const phrases = read.map((entry) => entry.phrases);
  return {
    match(question: string): Match {
      const query = toQuery(questionTerms(question), vocabulary, index);
      const ranking = rankEntries(query, index, phrases).flatMap((ranked) => {
        const entry = book[ranked.entry];
        return entry ? [{ ...ranked, entry }] : [];
      });
      const text = cleanQuestion(question);
      return decide(query, ranking, readSmallTalk(text), readDomain(text));
    },
  };
}
