import type { Entry } from '../knowledge/entry.ts';
import { plainQuestion } from '../knowledge/plain-question.ts';
import { createMatcher } from './create-matcher.ts';
import type { Match } from './match.ts';
import { hashText } from './text-hash.ts';

/** In how many parts phrasings are left out, a part at a time: a book is learned for each. */
export const leftOutParts = 4;

/** How a phrasing ends where the book has not learned it. */
export interface LeftOut {
  /** The entry that it belongs to. */
  readonly entry: string;
  readonly phrasing: string;
  /** `led` to its entry (or signpost), `offered` it among choices, `lost` to another, or `unknown`. */
  readonly end: 'led' | 'offered' | 'lost' | 'unknown';
  /** The entry or signpost that won it, where it is lost. */
  readonly winner: string | null;
}

/**
 * Asks phrasings of a book that has not learned them: a quarter of them at a time, by a hash of their words, is left out,
 * and the book learned from all others. Learning anew for every single phrasing would take hours and tell hardly more.
 * @param ids the entries whose phrasings are asked
 * @param onPart told after each of `leftOutParts`
 */
export function askLeftOut(
  book: readonly Entry[],
  ids: ReadonlySet<string>,
  onPart: (done: number) => void = () => undefined,
): LeftOut[] {
  const asked = book.filter(({ id }) => ids.has(id));
  return Array.from({ length: leftOutParts }, (_, part) => {
    const isOut = (phrasing: string): boolean => hashText(plainQuestion(phrasing)) % leftOutParts === part;
    const rest = book.map((entry) =>
      ids.has(entry.id) ? { ...entry, phrasings: entry.phrasings.filter((each) => !isOut(each)) } : entry,
    );
    const matcher = createMatcher(rest);
    const ends = asked.flatMap((entry) =>
      entry.phrasings.filter(isOut).map((phrasing) => ended(entry, phrasing, matcher.match(phrasing))),
    );
    onPart(part + 1);
    return ends;
  }).flat();
}

function ended({ id }: Entry, phrasing: string, { outcome, entry, choices, signpost }: Match): LeftOut {
  const answered = outcome === 'choices' ? null : (entry ?? signpost);
  const to = { entry: id, phrasing, winner: null };
  if (answered === id) return { ...to, end: 'led' };
  if (answered !== null) return { ...to, end: 'lost', winner: answered };
  if (choices.includes(id) || signpost === id) return { ...to, end: 'offered' };
  const [first = null] = choices;
  return first === null ? { ...to, end: 'unknown' } : { ...to, end: 'lost', winner: first };
}
