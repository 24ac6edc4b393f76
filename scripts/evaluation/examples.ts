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
    const [first, ...rest] = ranking.filter(({ entry }) => !entry.signpost);
    if (!first) return [];
    const signpost = ranking.find(({ entry }) => entry.signpost)?.score ?? 0;
    const accepted = [question.topic, ...question.also];
    return [
      {
        evidence: gatherEvidence(query, [first, ...rest], signpost, domain),
        firstIsRight: question.scope === 'in' && accepted.includes(first.entry.topic ?? undefined),
        isInBook: question.scope === 'in',
      },
    ];
  });
}
