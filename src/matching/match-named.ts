import type { Entry } from '../knowledge/entry.ts';
import type { Match } from './match.ts';

/**
 * How much readings of a question that goes on from an entry count: the question as it stands less, since it leaves out
 * what it is about; one that leads to an entry that is related to the one before more; and more what two readings agree
 * on. From `least` on the best is given. See test/assistant/answering/it-questions.jsonl.
 */
const counts = { asItStands: 0.7, related: 1.3, agreed: 1.15, least: 0.5 } as const;

/** A question read in several ways. */
export interface Readings {
  /** As it stands. */
  readonly alone: Match;
  /** With what it may be about in the place of "it". */
  readonly named: readonly Match[];
}

/**
 * Finds what a question means by its readings.
 * @param previous the entry that it goes on from, which is no answer to it
 * @param related the entries that lead to that one
 * @returns the reading that answers; null where none is sure enough
 */
export function matchNamed({ alone, named }: Readings, previous: Entry, related: ReadonlySet<string>): Match | null {
  if (named.length === 0) return null;
  const worths = new Map<string, { readonly worth: number; readonly match: Match }>();
  for (const match of [alone, ...named]) {
    const entry = match.entry ?? match.choices[0];
    if (entry === undefined || match.outcome === 'unknown') continue;
    const own =
      match.confidence * (match === alone ? counts.asItStands : 1) * (related.has(entry) ? counts.related : 1);
    const before = worths.get(entry);
    const worth = before === undefined ? own : counts.agreed * Math.max(before.worth, own);
    worths.set(entry, { worth, match: before !== undefined && before.worth > own ? before.match : match });
  }
  const [best] = [...worths].sort(([, one], [, other]) => other.worth - one.worth);
  if (best === undefined || best[0] === previous.id || best[1].worth < counts.least) return null;
  const reason = `Read together with the entry before, ${best[0]} is meant.`;
  const explanation = { ...best[1].match.explanation, reason };
  return { ...best[1].match, outcome: 'answer', entry: best[0], choices: [], signpost: null, explanation };
}
