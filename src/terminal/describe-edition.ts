import type { Edition } from '../matching/model/learned-book.ts';

/** Says which book answers, in one line without an end. */
export function describeEdition({ id, entries, phrasings, learnedIn }: Edition): string {
  const learned = learnedIn === null ? 'not learned yet' : `learned in ${(learnedIn / 1000).toFixed(1)} s`;
  return `edition ${id}, ${entries} entries, ${phrasings.toLocaleString('en')} phrasings, ${learned}`;
}
