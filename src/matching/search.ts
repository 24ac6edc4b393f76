import type { Entry } from '../knowledge/entry.ts';
import { type Domain, readDomain } from './domain.ts';
import type { Candidate } from './evidence.ts';
import { type LearnedModel, learn } from './learn.ts';
import { mendWord } from './mend-words.ts';
import { type Question, questionTerms, readQuestion } from './question.ts';
import { explainCover, type QueryTerm, rankEntries, toQuery } from './ranking.ts';
import { judgeSpelling } from './spelling.ts';

/** What a search found for a question. */
export interface Found {
  readonly query: readonly QueryTerm[];
  /** What each term of the query added to the first candidate. */
  readonly shares: readonly number[];
  /** Entries and signposts, best first. */
  readonly ranking: readonly Candidate[];
  readonly domain: Domain;
}

/** What a search found for a question that goes on from an entry. */
export interface FoundFollowUp extends Found {
  /** How much of what the question itself says the first candidate speaks of, 0 to 1. */
  readonly ownCover: number;
}

/** Finds the best entries for a question; never throws. */
export interface Search {
  find(question: Question): Found;
  /** The terms of a question alone, as `find` gives them. */
  terms(question: Question): readonly QueryTerm[];
  /**
   * Finds the best entries for a question that leaves out what the entry before it was about. The terms of that
   * entry's title count beside the question's own, at a share of their worth, and that entry itself is left out, since
   * whoever goes on asks for something else.
   */
  findFollowUp(question: Question, previous: Entry): FoundFollowUp;
}

/** What the terms of the entry before count for, beside those of the question. */
const contextShare = 0.7;

/**
 * Makes a search over a book.
 * @param model what was learned from these entries, in this order
 */
export function createSearch(book: readonly Entry[], model: LearnedModel = learn(book)): Search {
  const { vocabulary, words, index, phrases, topics, spelling } = model;
  const mend = (word: string) => mendWord(words, word);
  const terms = (question: Question) => toQuery(questionTerms(question, mend), vocabulary, index);
  const rank = (query: readonly QueryTerm[], question: Question, leftOut: Entry | null): Found => {
    const ranked = rankEntries(query, index, phrases, topics, judgeSpelling(spelling, question.text)).filter(
      ({ entry }) => book[entry] !== leftOut,
    );
    const ranking = ranked.flatMap((item) => {
      const entry = book[item.entry];
      return entry ? [{ ...item, entry }] : [];
    });
    const shares = ranked[0] ? explainCover(query, index, ranked[0].entry) : [];
    return { query, shares, ranking, domain: readDomain(question) };
  };
  return {
    terms,
    find: (question) => rank(terms(question), question, null),
    findFollowUp(question, previous) {
      const before = readQuestion(previous.title);
      const own = terms(question);
      const context = terms(before)
        .filter(({ text }) => own.every((term) => term.text !== text))
        .map((term) => ({ ...term, worth: contextShare * term.worth }));
      const together = { text: `${question.text} ${before.text}`, words: [...question.words, ...before.words] };
      const found = rank([...own, ...context], together, previous);
      const total = own.reduce((sum, { worth }) => sum + worth, 0);
      const covered = found.shares.slice(0, own.length).reduce((sum, share) => sum + share, 0);
      return { ...found, ownCover: total === 0 ? 0 : covered / total };
    },
  };
}
