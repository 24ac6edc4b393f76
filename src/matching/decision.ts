import type { Entry } from '../knowledge/entry.ts';
import { confidenceOf } from './confidence.ts';
import type { Match, SmallTalk } from './match.ts';
import type { QueryTerm, Ranked } from './ranking.ts';

/** A ranked entry with its text. */
export type Candidate = Omit<Ranked, 'entry'> & { readonly entry: Entry };

/** How sure the matcher must be to answer, and to offer choices. */
const answerFrom = 0.55;
const choicesFrom = 0.2;
const mostChoices = 3;

/**
 * Decides whether the best candidate answers, whether it is too close to call, or whether the book does not know.
 * @param ranking best first
 * @param domain whether the question speaks of Docker, or of something else
 */
export function decide(
  query: readonly QueryTerm[],
  ranking: readonly Candidate[],
  smallTalk: SmallTalk | null,
  domain: { readonly docker: boolean; readonly foreign: boolean },
): Match {
  const inBook = ranking.filter(({ entry }) => !entry.signpost);
  const top = ranking[0];
  const first = inBook[0];
  const nearest = inBook.slice(0, mostChoices).map(({ entry }) => entry.id);
  const explanation = {
    terms: query.map((term) => ({ term: term.text, known: term.number >= 0, weight: term.rarity * term.weight })),
    ranking: ranking.slice(0, 5).map(({ entry, score }) => ({ entry: entry.id, score })),
  };
  const nothing = {
    outcome: 'unknown',
    entry: null,
    confidence: 0,
    choices: [],
    signpost: null,
    smallTalk: null,
  } as const;
  if (smallTalk) {
    return {
      ...nothing,
      smallTalk,
      nearest: [],
      explanation: { ...explanation, reason: 'Small talk, not a question.' },
    };
  }
  if (!top || !first) {
    return { ...nothing, nearest, explanation: { ...explanation, reason: 'No term of the question is in the book.' } };
  }
  const other = inBook.find(({ entry }) => entry.topic !== first.entry.topic);
  const signpost = ranking.find(({ entry }) => entry.signpost);
  const confidence = confidenceOf(query, {
    first,
    second: other?.score ?? 0,
    signpost: signpost?.score ?? 0,
    ...domain,
  });
  if (top.entry.signpost) {
    const reason = 'A signpost recognises it: it is about Docker, outside the book.';
    return { ...nothing, confidence, nearest, signpost: top.entry.id, explanation: { ...explanation, reason } };
  }
  if (confidence < choicesFrom) {
    return {
      ...nothing,
      confidence,
      nearest,
      explanation: { ...explanation, reason: 'No entry is like the question.' },
    };
  }
  if (confidence >= answerFrom && !isVague(query)) {
    const reason = 'The best entry is clearly ahead.';
    return {
      ...nothing,
      outcome: 'answer',
      entry: first.entry.id,
      confidence,
      nearest: [],
      explanation: { ...explanation, reason },
    };
  }
  const reason = 'Several entries are close.';
  return {
    ...nothing,
    outcome: 'choices',
    confidence,
    choices: nearest,
    nearest: [],
    explanation: { ...explanation, reason },
  };
}

/** A single word, with nothing that says what is wanted of it, fits too many entries to answer. */
function isVague(query: readonly QueryTerm[]): boolean {
  return query.filter(({ text }) => !/[~ ]/.test(text)).length < 2;
}
