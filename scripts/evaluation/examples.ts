import type { Entry } from '../../src/knowledge/entry.ts';
import { gatherEvidence } from '../../src/matching/evidence.ts';
import { readQuestion } from '../../src/matching/question.ts';
import { createSearch, type Search } from '../../src/matching/search.ts';
import { bookWithout, foldsOf, isHeldOut, phrasingQuestions } from './held-out.ts';
import type { Example } from './logistic-fit.ts';
import type { LabelledQuestion } from './question-file.ts';

const folds = 4;
/**
 * What one of our own questions counts for beside a phrasing: there are some thirty times as many phrasings, and those
 * of an entry are further from each other than what people ask.
 */
const ownWeight = 15;

/**
 * Gathers the examples that the decision is fitted to. A book is too sure of what it has learned, so every phrasing is
 * asked of a book without it: the phrasings are split into four parts, and each part is asked of a book that has learned
 * from the other three. Phrasings that are held out take no part.
 * @param own our own questions, asked of the book without what is held out
 */
export function gatherExamples(book: readonly Entry[], own: readonly LabelledQuestion[]): Example[] {
  const ofPhrasings = foldsOf(folds).flatMap((fold) => {
    const search = createSearch(bookWithout(book, (phrasing) => isHeldOut(phrasing) || fold(phrasing)));
    return examplesOf(phrasingQuestions(book, fold), search, 1);
  });
  return [...ofPhrasings, ...examplesOf(own, createSearch(bookWithout(book, isHeldOut)), ownWeight)];
}

/** Questions for which the book has no candidate at all teach nothing and are left out. */
function examplesOf(questions: readonly LabelledQuestion[], search: Search, weight: number): Example[] {
  return questions.flatMap((question) => {
    const { query, ranking, domain } = search.find(readQuestion(question.question));
    const first = ranking.find(({ entry }) => !entry.signpost);
    const evidence = gatherEvidence(query, ranking, domain);
    if (!first || !evidence) return [];
    const accepted = [question.topic, ...question.also];
    return [
      {
        evidence,
        firstIsRight: question.scope === 'in' && accepted.includes(first.entry.topic ?? undefined),
        isInBook: question.scope === 'in',
        weight,
      },
    ];
  });
}
