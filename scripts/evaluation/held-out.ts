import type { Entry } from '../../src/knowledge/entry.ts';
import { plainQuestion } from '../../src/knowledge/plain-question.ts';
import { hashText } from '../../src/matching/text-hash.ts';
import type { LabelledQuestion } from './question-file.ts';

/** Chooses phrasings by their words. */
export type Choice = (phrasing: string) => boolean;

/** A phrasing in so many is held out: nothing that is fitted or learned in evaluation has seen it. */
const heldOutOneIn = 12;

/** The phrasings that are held out: always the same, wherever they stand and however they are punctuated. */
export const isHeldOut: Choice = (phrasing) => hashText(plainQuestion(phrasing)) % heldOutOneIn === 0;

/**
 * Splits the phrasings that are not held out.
 * @param count into how many parts of about the same size
 * @returns chooses those of one part
 */
export function foldsOf(count: number): Choice[] {
  return Array.from({ length: count }, (_, fold) => (phrasing) => {
    const hash = hashText(plainQuestion(phrasing));
    return hash % heldOutOneIn !== 0 && Math.floor(hash / heldOutOneIn) % count === fold;
  });
}

/** A book that has never seen the chosen phrasings. Titles stay: an entry without one is none. */
export function bookWithout(book: readonly Entry[], chosen: Choice): Entry[] {
  return book.map((entry) => ({ ...entry, phrasings: entry.phrasings.filter((phrasing) => !chosen(phrasing)) }));
}

/**
 * The chosen phrasings as questions whose outcome is known: their entry's topic, or for a signpost that it is outside
 * the book. Those that are an entry's title word for word are no questions that are still to be found.
 * @param elsewhere the chapter of signposts for what is not about Docker
 */
export function phrasingQuestions(book: readonly Entry[], chosen: Choice, elsewhere = 'elsewhere'): LabelledQuestion[] {
  const titles = new Set(book.map(({ title }) => plainQuestion(title)));
  return book.flatMap(({ id, topic, chapter, phrasings }) =>
    phrasings
      .filter((phrasing) => chosen(phrasing) && !titles.has(plainQuestion(phrasing)))
      .map((question, place) => ({
        id: `${id}/${place}`,
        question,
        scope: topic !== null ? 'in' : chapter === elsewhere ? 'out' : 'near',
        ...(topic === null ? {} : { topic }),
        also: [],
        style: 'phrasing',
        late: false,
      })),
  );
}
