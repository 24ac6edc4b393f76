import type { Entry } from '../../src/knowledge/entry.ts';
import type { Match, Matcher } from '../../src/matching/match.ts';
import { isEarly, isTrue } from './answer-key.ts';
import type { LabelledQuestion } from './question-file.ts';

/** How many questions ended how. Plain counts, so that a snapshot can be compared line by line. */
export interface Quality {
  /** Those on a topic that the book has. */
  readonly in: Verdicts;
  /** Of these the ones in chat style. */
  readonly slack: Verdicts;
  /** Those worth answering that the book has no topic for yet. */
  readonly new: Refusals;
  readonly near: Refusals;
  readonly far: Refusals;
  readonly out: Refusals;
  /** Those with a key, by the scope they are labelled with: whether the very answer was right. */
  readonly keyedIn: KeyVerdicts;
  readonly keyedNew: KeyVerdicts;
}

/** How questions within the book ended, by topic. */
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

/** How questions ended by what a true answer says. */
export interface KeyVerdicts {
  readonly questions: number;
  /** Answered by an entry that says it. */
  readonly true: number;
  /** Of these, said at once; or late, where a good answer may. */
  readonly early: number;
  /** True, or among the choices. */
  readonly helped: number;
  /** Answered by an entry that does not say it. */
  readonly wrong: number;
}

/** A question that did not end as it should, with what came out. */
export interface Miss {
  readonly question: LabelledQuestion;
  readonly match: Match;
}

type Scope = LabelledQuestion['scope'];

/** A question's verdict by topic; of a question outside the book, whether it was let go. */
type Verdict = 'right' | 'among choices' | 'wrong' | 'missed' | 'answered' | 'choices' | 'refused';

interface Result extends Miss {
  readonly scope: Scope;
  readonly verdict: Verdict;
  readonly byKey: ReadonlySet<keyof KeyVerdicts>;
}

/**
 * Asks every question and counts how it ended. By topic an answer is right if its entry's topic is the labelled one, or
 * one of the others that are right too; by key, if it says what a true answer says.
 */
export function measureQuality(
  questions: readonly LabelledQuestion[],
  matcher: Matcher,
  entries: ReadonlyMap<string, Entry>,
): { quality: Quality; misses: Miss[] } {
  const topics = new Set([...entries.values()].flatMap(({ topic }) => topic ?? []));
  const results = questions.map((question): Result => {
    const match = matcher.match(question.question);
    const scope = question.scope === 'new' && topics.has(question.topic ?? '') ? 'in' : question.scope;
    return {
      question,
      match,
      scope,
      verdict: judge(question, scope, match, entries),
      byKey: judgeByKey(question, match, entries),
    };
  });
  return {
    quality: {
      in: verdictsOf(results),
      slack: verdictsOf(results, 'slack'),
      new: refusalsOf(results, 'new'),
      near: refusalsOf(results, 'near'),
      far: refusalsOf(results, 'far'),
      out: refusalsOf(results, 'out'),
      keyedIn: keyedOf(results, 'in'),
      keyedNew: keyedOf(results, 'new'),
    },
    misses: results.filter(isMiss),
  };
}

function verdictsOf(results: readonly Result[], style?: string): Verdicts {
  const inside = results.filter(
    (each) => each.scope === 'in' && (style ?? each.question.style) === each.question.style,
  );
  return {
    questions: inside.length,
    right: count(inside, 'right'),
    amongChoices: count(inside, 'among choices'),
    wrong: count(inside, 'wrong'),
  };
}

function refusalsOf(results: readonly Result[], scope: Scope): Refusals {
  const outside = results.filter((each) => each.scope === scope);
  return {
    questions: outside.length,
    answered: count(outside, 'answered'),
    choices: count(outside, 'choices'),
    signposted: outside.filter(({ match }) => match.signpost !== null).length,
  };
}

function keyedOf(results: readonly Result[], scope: Scope): KeyVerdicts {
  const labelled = results.filter(({ question }) => question.scope === scope);
  const having = (verdict: keyof KeyVerdicts): number => labelled.filter(({ byKey }) => byKey.has(verdict)).length;
  return {
    questions: having('questions'),
    true: having('true'),
    early: having('early'),
    helped: having('helped'),
    wrong: having('wrong'),
  };
}

function count(results: readonly Result[], verdict: Verdict): number {
  return results.filter((result) => result.verdict === verdict).length;
}

/** By its key where it has one, else by its topic. */
function isMiss({ byKey, verdict }: Result): boolean {
  return byKey.has('questions') ? !byKey.has('early') : verdict !== 'right' && verdict !== 'refused';
}

function judge(question: LabelledQuestion, scope: Scope, match: Match, entries: ReadonlyMap<string, Entry>): Verdict {
  if (scope !== 'in') {
    return match.outcome === 'answer' ? 'answered' : match.outcome === 'choices' ? 'choices' : 'refused';
  }
  const accepted = [question.topic, ...question.also];
  const isRight = (id: string): boolean => accepted.includes(entries.get(id)?.topic ?? 'none');
  if (match.entry !== null) return isRight(match.entry) ? 'right' : 'wrong';
  return match.choices.some(isRight) ? 'among choices' : 'missed';
}

function judgeByKey(
  { key, late }: LabelledQuestion,
  match: Match,
  entries: ReadonlyMap<string, Entry>,
): ReadonlySet<keyof KeyVerdicts> {
  const verdicts = new Set<keyof KeyVerdicts>();
  if (key === undefined) return verdicts;
  verdicts.add('questions');
  const answer = match.entry === null ? undefined : entries.get(match.entry);
  if (answer) {
    const said = isTrue(key, answer);
    verdicts.add(said ? 'true' : 'wrong');
    if (said) verdicts.add('helped');
    if (said && (late || isEarly(key, answer))) verdicts.add('early');
  }
  const choices = match.choices.flatMap((id) => entries.get(id) ?? []);
  if (choices.some((entry) => isTrue(key, entry))) verdicts.add('helped');
  return verdicts;
}
