import type { Match, Matcher } from '../../src/matching/match.ts';
import type { LabelledQuestion } from './question-file.ts';

/** How many questions ended how. Plain counts, so that a snapshot can be compared line by line. */
export interface Quality {
  readonly in: Verdicts;
  /** The in-scope questions in chat style, also counted under `in`. */
  readonly slack: Verdicts;
  readonly near: Refusals;
  readonly out: Refusals;
}

/** How questions within the book ended. */
export interface Verdicts {
  readonly questions: number;
  readonly right: number;
  readonly amongChoices: number;
  readonly wrong: number;
}

/** How questions outside the book ended. */
export interface Refusals {
  readonly questions: number;
  readonly answered: number;
  readonly choices: number;
  readonly signposted: number;
}

/** A question that did not end as it should, with what came out. */
export interface Miss {
  readonly question: LabelledQuestion;
  readonly match: Match;
}

/**
 * Asks every question and counts how it ended. An answer is right if its entry's topic is the labelled one or one of
 * the others that are right too.
 * @param topicOf the topic of an entry
 */
export function measureQuality(
  questions: readonly LabelledQuestion[],
  matcher: Matcher,
  topicOf: (entry: string) => string | null,
): { quality: Quality; misses: Miss[] } {
  const results = questions.map((question) => {
    const match = matcher.match(question.question);
    return { question, match, verdict: judge(question, match, topicOf) };
  });
  const count = (scope: string, verdict?: string, style?: string): number =>
    results.filter(
      (result) =>
        result.question.scope === scope &&
        (verdict === undefined || result.verdict === verdict) &&
        (style === undefined || result.question.style === style),
    ).length;
  const verdicts = (style?: string): Verdicts => ({
    questions: count('in', undefined, style),
    right: count('in', 'right', style),
    amongChoices: count('in', 'among choices', style),
    wrong: count('in', 'wrong', style),
  });
  const refusals = (scope: string): Refusals => ({
    questions: count(scope),
    answered: count(scope, 'answered'),
    choices: count(scope, 'choices'),
    signposted: results.filter(({ question, match }) => question.scope === scope && match.signpost !== null).length,
  });
  return {
    quality: { in: verdicts(), slack: verdicts('slack'), near: refusals('near'), out: refusals('out') },
    misses: results.filter(({ verdict }) => !['right', 'refused'].includes(verdict)),
  };
}

function judge(question: LabelledQuestion, match: Match, topicOf: (entry: string) => string | null): string {
  if (question.scope !== 'in') {
    return match.outcome === 'answer' ? 'answered' : match.outcome === 'choices' ? 'choices' : 'refused';
  }
  const accepted = [question.topic, ...question.also];
  const isRight = (entry: string): boolean => accepted.includes(topicOf(entry) ?? 'none');
  if (match.entry !== null) return isRight(match.entry) ? 'right' : 'wrong';
  return match.choices.some(isRight) ? 'among choices' : 'missed';
}
