import type { Entry } from '../knowledge/entry.ts';
import { firstIsRight, isInBook } from './coefficients.ts';
import type { Domain } from './domain.ts';
import { type Candidate, type Evidence, evidenceNames, gatherEvidence, probability } from './evidence.ts';
import type { Explanation, Match, SmallTalk, WeighedEvidence } from './match.ts';
import type { Found } from './search.ts';
import { isTelling } from './terms.ts';
import { answerFrom, choicesFrom } from './thresholds.ts';

const mostChoices = 3;
const shownRanking = 5;
const nothing = {
  outcome: 'unknown',
  entry: null,
  confidence: 0,
  choices: [],
  nearest: [],
  signpost: null,
  smallTalk: null,
} as const satisfies Omit<Match, 'explanation'>;
const unsearched = { terms: [], ranking: [], evidence: [] } as const;

/**
 * Decides whether the best candidate answers, whether it is too close to call, or whether the book does not know.
 */
export function decide(found: Found): Match {
  const telling = found.query.some(({ text, number }) => number >= 0 && isTelling(text));
  const ranking = telling ? found.ranking : [];
  const inBook = ranking.filter(({ entry }) => !entry.signpost);
  const signpost = ranking.find(({ entry }) => entry.signpost);
  const [first] = inBook;
  const evidence = gatherEvidence(found.query, ranking, found.domain);
  if (!first || !evidence) {
    const id = signpost?.entry.id ?? null;
    const reason = id === null ? 'The book knows no telling word of the question.' : 'Only a signpost speaks of it.';
    return { ...nothing, signpost: id, explanation: explain(found, reason) };
  }
  const confidence = probability(firstIsRight, evidence);
  const nearest = onePerTopic(inBook);
  const pointsElsewhere = signpost !== undefined && signpost.topicShare > first.topicShare;
  const verdict = judge(evidence, subjectOf(found.domain), confidence, pointsElsewhere);
  const explanation = explain(found, verdict.reason, evidence);
  if (verdict.outcome === 'answer') {
    return { ...nothing, outcome: 'answer', entry: first.entry.id, confidence, explanation };
  }
  const elsewhere = pointsElsewhere ? (signpost?.entry.id ?? null) : null;
  if (verdict.outcome === 'choices') {
    return { ...nothing, outcome: 'choices', choices: nearest, confidence, signpost: elsewhere, explanation };
  }
  return { ...nothing, confidence, nearest, signpost: elsewhere, explanation };
}

/**
 * The outcome for a question that an entry, or a signpost, lists word for word: the entry answers it, and nothing has to
 * be searched.
 * @param search finds what is near a signpost
 */
export function decideListed(entry: Entry, search: () => Found): Match {
  const reason = `${entry.id} lists this very question.`;
  if (!entry.signpost) {
    const explanation = { ...unsearched, reason };
    return { ...nothing, outcome: 'answer', entry: entry.id, confidence: 1, explanation };
  }
  const found = search();
  const explanation = explain(found, reason);
  const nearest = onePerTopic(found.ranking.filter((candidate) => !candidate.entry.signpost));
  return { ...nothing, nearest, signpost: entry.id, explanation };
}

/** The outcome for what is no question, but a greeting, thanks or a call for help. */
export function decideSmallTalk(smallTalk: SmallTalk): Match {
  return { ...nothing, smallTalk, explanation: { ...unsearched, reason: 'Small talk, not a question.' } };
}

function judge(
  evidence: Evidence,
  speaksOf: keyof typeof answerFrom,
  confidence: number,
  pointsElsewhere: boolean,
): { outcome: Match['outcome']; reason: string } {
  const percent = `${Math.round(100 * confidence)} %`;
  if (confidence >= answerFrom[speaksOf])
    return { outcome: 'answer', reason: `The first entry is right with ${percent}.` };
  const inBook = probability(isInBook, evidence);
  const inBookPercent = `${Math.round(100 * inBook)} %`;
  if (pointsElsewhere && inBook < choicesFrom.behindSignpost) {
    return {
      outcome: 'unknown',
      reason: `A signpost is more like the question than any entry, and the book answers it with only ${inBookPercent}.`,
    };
  }
  if (inBook >= choicesFrom[speaksOf])
    return { outcome: 'choices', reason: `The first entry is right with only ${percent}.` };
  return { outcome: 'unknown', reason: `The book answers it with only ${inBookPercent}.` };
}

/** One of Docker's own words alone may be another field's: a container of plants, a layer of a picture. */
function subjectOf({ named, subjects, related }: Domain): keyof typeof answerFrom {
  if (named || subjects > 1 || (subjects > 0 && related)) return 'docker';
  if (subjects > 0) return 'perhapsDocker';
  return related ? 'besideDocker' : 'anything';
}

/** The best entry of each of the best topics: choices between entries on one topic would be no choice. */
function onePerTopic(candidates: readonly Candidate[]): string[] {
  const chosen = new Map<string | null, string>();
  for (const { entry } of candidates) {
    if (!chosen.has(entry.topic)) chosen.set(entry.topic, entry.id);
    if (chosen.size === mostChoices) break;
  }
  return [...chosen.values()];
}

function explain({ query, shares, ranking }: Found, reason: string, evidence: Evidence | null = null): Explanation {
  return {
    terms: query.map(({ text, number }, index) => ({ term: text, known: number >= 0, weight: shares[index] ?? 0 })),
    ranking: ranking.slice(0, shownRanking).map(({ entry, ...numbers }) => ({ ...numbers, entry: entry.id })),
    evidence: evidence === null ? [] : weigh(evidence),
    reason,
  };
}

function weigh(evidence: Evidence): WeighedEvidence[] {
  return evidenceNames.map((name) => ({
    name,
    value: evidence[name],
    firstIsRight: firstIsRight[name] * evidence[name],
    isInBook: isInBook[name] * evidence[name],
  }));
}
