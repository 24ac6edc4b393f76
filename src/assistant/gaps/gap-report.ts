import type { WeighedTerm } from '../../matching/match.ts';
import type { Gap } from '../../store/gaps.ts';
import type { Store } from '../../store/store.ts';
import type { GapCluster, GapScope } from '../open-questions.ts';
import { clusterQuestions } from './cluster-gaps.ts';

/** Milliseconds after which choices that nobody took count as a gap. */
export const choicePatience = 10 * 60_000;
const mostNearest = 3;

/**
 * Reports what the book lacks: those that a person was asked first, then the most asked.
 * @throws StoreUnavailable
 */
export async function reportGaps(
  { gaps, votes, helpRequests }: Pick<Store, 'gaps' | 'votes' | 'helpRequests'>,
  { team, since, now }: GapScope,
  terms: (question: string) => readonly WeighedTerm[],
): Promise<GapCluster[]> {
  const counted = (await gaps.list(team, since)).filter(
    ({ kind, at }) => kind !== 'no-choice' || at <= now - choicePatience,
  );
  const byQuestion = Map.groupBy(counted, ({ question }) => question);
  const times = new Map([...byQuestion].map(([question, same]) => [question, same.length]));
  const reasons = new Map<string, readonly string[]>();
  for (const { id, kind, team: own, place, event } of counted) {
    if (kind !== 'voted-down') continue;
    const cast = await votes.forMessage(own, place, event);
    reasons.set(
      id,
      cast.flatMap(({ reason }) => reason ?? []),
    );
  }
  const answers = await helpRequests.answers(team);
  return clusterQuestions(times, terms)
    .map(([question = '', ...others]): GapCluster => {
      const own = [question, ...others].flatMap((each) => byQuestion.get(each) ?? []);
      return {
        question,
        others,
        asked: own.length,
        people: new Set(own.map((gap) => `${gap.team} ${gap.person}`)).size,
        escalated: own.filter(({ escalatedAt }) => escalatedAt !== null).length,
        kinds: countKinds(own),
        reasons: own.flatMap(({ id }) => reasons.get(id) ?? []),
        answers: own.flatMap(({ id }) => answers.get(id) ?? []),
        nearest: mostNamed(own.flatMap(({ nearest }) => nearest)).slice(0, mostNearest),
        permalinks: own.flatMap(({ permalink }) => permalink ?? []),
        lastAt: Math.max(...own.map(({ at }) => at)),
      };
    })
    .sort(
      (a, b) =>
        b.escalated - a.escalated || b.asked - a.asked || b.people - a.people || (a.question < b.question ? -1 : 1),
    );
}

function countKinds(gaps: readonly Gap[]): GapCluster['kinds'] {
  const kinds: Partial<Record<Gap['kind'], number>> = {};
  for (const { kind } of gaps) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return kinds;
}

function mostNamed(ids: readonly string[]): string[] {
  const times = new Map<string, number>();
  for (const id of ids) times.set(id, (times.get(id) ?? 0) + 1);
  return [...times].sort(([a, timesA], [b, timesB]) => timesB - timesA || (a < b ? -1 : 1)).map(([id]) => id);
}
