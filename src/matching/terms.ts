import { stemmer } from 'stemmer';
import { aliases, compounds, concepts, stopWords } from './lexicon.ts';
import { splitWords } from './words.ts';

/** What a text is compared by: a stemmed word, a pair of neighbours, a group of like words, or a kind of question. */
export interface Term {
  readonly text: string;
  readonly weight: number;
}

const groupsOf = indexConcepts();
const groupWeight = 0.6;
const pairWeight = 0.5;

/**
 * Reduces a word to the form it is compared by.
 * @param word lower case, as `contentWords` gives it
 */
export function stem(word: string): string {
  return /^[a-z]{4,}$/.test(word) ? stemmer(word) : word;
}

/**
 * Finds the content words of a text: spellings unified, compounds joined, stop words left out; not yet stemmed.
 * @param text clean lower-case text
 * @param limit the most words to read
 */
export function contentWords(text: string, limit?: number): string[] {
  return joinCompounds(splitWords(text, limit).map(canonical)).filter(
    (word) => !stopWords.has(word) && !/^\d{1,2}$/.test(word) && (word.length > 1 || word === '&&'),
  );
}

function canonical(word: string): string {
  return Object.hasOwn(aliases, word) ? (aliases[word] ?? word) : word;
}

function joinCompounds(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const pair = `${joined.at(-1) ?? ''} ${word}`;
    if (Object.hasOwn(compounds, pair)) joined.splice(-1, 1, compounds[pair] ?? word);
    else joined.push(word);
  }
  return joined;
}

/**
 * Turns content words into terms with weights: each word's stem, the groups it belongs to, and, if wanted, pairs of
 * neighbours. Terms repeat as words do.
 */
export function toTerms(words: readonly string[], pairs: boolean): Term[] {
  const terms: Term[] = [];
  let before: string | null = null;
  for (const word of words) {
    const own = stem(word);
    terms.push({ text: own, weight: 1 });
    for (const group of groupsOf.get(own) ?? []) terms.push({ text: group, weight: groupWeight });
    if (pairs && before !== null && before !== own) terms.push({ text: `${before} ${own}`, weight: pairWeight });
    before = own;
  }
  return terms;
}

function indexConcepts(): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const [name, members] of Object.entries(concepts)) {
    for (const member of members.split(/\s+/)) {
      const own = stem(member);
      const group = `~${name}`;
      const known = groups.get(own) ?? [];
      if (!known.includes(group)) groups.set(own, [...known, group]);
    }
  }
  return groups;
}
