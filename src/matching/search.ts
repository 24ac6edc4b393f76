import type { Entry } from '../knowledge/entry.ts';
import { cleanQuestion } from './cleaning.ts';
import { type Domain, readDomain } from './domain.ts';
import { buildEntryIndex } from './entry-index.ts';
import { readEntryTerms } from './entry-terms.ts';
import type { Candidate } from './evidence.ts';
import { buildPhraseIndex } from './phrase-index.ts';
import { questionTerms } from './question.ts';
import { explainCover, type QueryTerm, rankEntries, toQuery } from './ranking.ts';
import { createSpeller } from './speller.ts';
import { createStemmer } from './terms.ts';
import { createVocabulary } from './vocabulary.ts';

/** What a search found for a question. */
export interface Found {
  readonly query: readonly QueryTerm[];
  /** What each term of the query added to the first candidate. */
  readonly shares: readonly number[];
  /** Entries and signposts, best first. */
  readonly ranking: readonly Candidate[];
  readonly domain: Domain;
}

/**
 * Indexes a book.
 * @returns finds the best entries for a question; never throws
 */
export function createSearch(entries: Iterable<Entry>): (question: string) => Found {
  const book = [...entries];
  const vocabulary = createVocabulary();
  const words = new Set<string>();
  const stemOf = createStemmer();
  const read = book.map((entry) => readEntryTerms(entry, vocabulary, words, stemOf));
  const index = buildEntryIndex(read, vocabulary);
  const phrases = buildPhraseIndex(read, index.worth);
  const mend = createSpeller(words);
  return (question) => {
    const query = toQuery(questionTerms(question, { mend }), vocabulary, index);
    const ranked = rankEntries(query, index, phrases);
    const ranking = ranked.flatMap((item) => {
      const entry = book[item.entry];
      return entry ? [{ ...item, entry }] : [];
    });
    const shares = ranked[0] ? explainCover(query, index, ranked[0].entry) : [];
    return { query, shares, ranking, domain: readDomain(cleanQuestion(question)) };
  };
}
