import { stemmer } from 'stemmer';
import { everydayWords, stopWords } from './common-words.ts';
import { aliases, compounds, concepts } from './lexicon.ts';

const groupsOf = indexConcepts();
const spellings: ReadonlyMap<string, string> = new Map(Object.entries(aliases));
const everyday: ReadonlySet<string> = new Set([...everydayWords].map(stem));
const joinedPairs: ReadonlyMap<string, string> = new Map(Object.entries(compounds));

/** What a word, an everyday one, a group of like words, a pair of neighbours and a kind of question count for. */
const weights = { word: 1, everyday: 0.4, group: 0.6, pair: 0.5, kind: 0.5 } as const;

/**
 * Says what a term counts for, by what it is.
 * @param term a stemmed word, `~group`, `?kind`, or a pair with a space between
 */
export function termWeight(term: string): number {
  if (term.startsWith('~')) return weights.group;
  if (term.startsWith('?')) return weights.kind;
  if (term.includes(' ')) return weights.pair;
  return everyday.has(term) ? weights.everyday : weights.word;
}

/** Whether a term is a single word, not a group, pair or kind. */
export function isWord(term: string): boolean {
  return !/^[~?]| /.test(term);
}

/** Whether a term is a single word that tells what a question is about, not one of everyday English. */
export function isTelling(term: string): boolean {
  return isWord(term) && !everyday.has(term);
}

/** Whether a word counts as a group of like words too. */
export function hasGroup(term: string): boolean {
  return groupsOf.has(term);
}

/** Whether a term is a group of like words. */
export function isGroup(term: string): boolean {
  return term.startsWith('~');
}

/**
 * Reduces a word to the form it is compared by.
 * @param word lower case, as `contentWords` gives it
 */
export function stem(word: string): string {
  return /^[a-z]{4,}$/.test(word) ? stemmer(word) : word;
}

/** Makes a `stem` that remembers: a book says the same words over and over. */
export function createStemmer(): (word: string) => string {
  const stems = new Map<string, string>();
  return (word) => {
    let known = stems.get(word);
    if (known === undefined) {
      known = stem(word);
      stems.set(word, known);
    }
    return known;
  };
}

/**
 * Finds the content words among words: spellings unified, compounds joined, stop words left out; not yet stemmed.
 * @param words as `splitWords` gives them
 */
export function contentWords(words: readonly string[]): string[] {
  return joinCompounds(words.map(canonical)).filter(
    (word) => !stopWords.has(word) && !/^\d{1,2}$/.test(word) && (word.length > 1 || word === '&&'),
  );
}

function canonical(word: string): string {
  return spellings.get(word) ?? word;
}

function joinCompounds(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const compound = joinedPairs.get(`${joined.at(-1) ?? ''} ${word}`);
    if (compound === undefined) joined.push(word);
    else joined.splice(-1, 1, compound);
  }
  return joined;
}

/**
 * Turns content words into terms: each word's stem, the groups it belongs to, and, if wanted, pairs of neighbours.
 * Terms repeat as words do.
 */
export function toTerms(words: readonly string[], pairs: boolean, stemOf = stem): string[] {
  const terms: string[] = [];
  let before: string | null = null;
  for (const word of words) {
    const own = stemOf(word);
    terms.push(own, ...(groupsOf.get(own) ?? []));
    if (pairs && before !== null && before !== own) terms.push(`${before} ${own}`);
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
