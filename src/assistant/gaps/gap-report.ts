import type { WeighedTerm } from '../../matching/match.ts';
import type { Gap } from '../../store/gaps.ts';
import type { Store } from '../../store/store.ts';
import type { GapCluster, GapScope } from '../open-questions.ts';
import { asksSomething } from './asks-something.ts';
import { clusterQuestions } from './cluster-gaps.ts';

/** Milliseconds after which choices that nobody took count as a gap. */
export const choicePatience = 10 * 60_000;
const mostNearest = 3;
const mostPlaces = 3;

type GapStore = Pick<Store, 'gaps' | 'votes' | 'helpRequests'>;
type ReadTerms = (question: string) => readonly WeighedTerm[];

/**
 * Reports what the book lacks: those that a person was asked first, then the most asked.
 * @throws StoreUnavailable
 */
export async function reportGaps(store: GapStore, scope: GapScope, terms: ReadTerms): Promise<GapCluster[]> {
  const groups = await groupGaps(store, scope, terms);
  const reasons = await reasonsOf(store, groups.flat());
  const answers = await store.helpRequests.answers(scope.team);
  return groups
    .map((own): GapCluster => {
      const [question = '', ...others] = new Set(own.map((gap) => gap.question));
      const latest = own.toSorted((a, b) => b.at - a.at);
      return {
        id: latest[0]?.id ?? '',
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
        places: latest.slice(0, mostPlaces).map(({ team, place, event }) => ({ team, place, event })),
        lastAt: latest[0]?.at ?? 0,
      };
    })
    .sort(
      (a, b) =>
        b.escalated - a.escalated || b.asked - a.asked || b.people - a.people || (a.question < b.question ? -1 : 1),
    );
}

/**
 * Says that a group needs no answer: it is reported no more, unless a person is asked or it is asked in other words.
 * @param id a gap of the group
 * @param until what was asked after this time (milliseconds since 1970) was not in the group when it was shown
 * @returns how many questions were left out
 * @throws StoreUnavailable
 */
export async function dismissGroup(
  store: GapStore,
  scope: GapScope & { readonly team: string },
  terms: ReadTerms,
  { id, until, by }: { readonly id: string; readonly until: number; readonly by: string },
): Promise<number> {
  const group = (await groupGaps(store, scope, terms)).find((own) => own.some((gap) => gap.id === id)) ?? [];
  const ids = group.filter(({ at }) => at <= until).map((gap) => gap.id);
  return store.gaps.dismiss(scope.team, ids, by, scope.now);
}

/** The gaps that count, in groups that ask the same; each group in the order of its wordings, most asked first. */
async function groupGaps({ gaps }: GapStore, { team, since, now }: GapScope, terms: ReadTerms): Promise<Gap[][]> {
  const listed = await gaps.list(team, since);
  const dismissed = new Set(listed.filter(({ dismissedAt }) => dismissedAt !== null).map(wordingOf));
  const counted = listed.filter((gap) => {
    if (gap.dismissedAt !== null) return false;
    if (gap.escalatedAt !== null) return true;
    const patient = gap.kind !== 'no-choice' || gap.at <= now - choicePatience;
    return patient && asksSomething(gap.question) && !dismissed.has(wordingOf(gap));
  });
  const byQuestion = Map.groupBy(counted, ({ question }) => question);
  const times = new Map([...byQuestion].map(([question, same]) => [question, same.length]));
  return clusterQuestions(times, terms).map((group) => group.flatMap((question) => byQuestion.get(question) ?? []));
}

/** Within a team, what is compared of a question. */
function wordingOf({ team, normalised }: Gap): string {
  return `${team} ${normalised}`;
}

/** What was wrong with answers that were voted down, by the ids of their gaps. */
async function reasonsOf({ votes }: GapStore, gaps: readonly Gap[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const reasons = new Map<string, readonly string[]>();
  for (const { id, kind, team, place, event } of gaps) {
    if (kind !== 'voted-down') continue;
    const cast = await votes.forMessage(team, place, event);
    reasons.set(
      id,
      cast.flatMap(({ reason }) => reason ?? []),
    );
  }
  return reasons;
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
