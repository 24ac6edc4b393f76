import { gatherEvidence } from '../../src/matching/evidence.ts';
import type { Found } from '../../src/matching/search.ts';
import type { Example } from './logistic-fit.ts';
import type { LabelledQuestion } from './question-file.ts';

/**
 * Turns labelled questions into examples to fit on. Questions for which the book has no candidate at all teach nothing
 * and are left out.
 */
export function readExamples(questions: readonly LabelledQuestion[], search: (question: string) => Found): Example[] {
  return questions.flatMap((question) => {
    const { query, ranking, domain } = search(question.question);
    const first = ranking.find(({ entry }) => !entry.signpost);
    const evidence = gatherEvidence(query, ranking, domain);
    if (!first || !evidence) return [];
    const accepted = [question.topic, ...question.also];
    return [
      {
        evidence,
        firstIsRight: question.scope === 'in' && accepted.includes(first.entry.topic ?? undefined),
        isInBook: question.scope === 'in',
      },
    ];
  });
}
