import type { Entry } from '../knowledge/entry.ts';
import type { Shaped } from './model/packed.ts';
import { kindsOf, splitWords } from './question.ts';
import type { Vocabulary } from './string-table.ts';
import { contentWords, termWeight, toTerms } from './terms.ts';

/** An entry as the index reads it: texts as term numbers. */
export interface EntryTerms {
  /** The title and the phrasings, each a way to put the question, each term once. */
  readonly phrases: readonly Uint32Array[];
  /** The texts that are weighted apart, in the order of `fieldWeights`, terms as often as they occur. */
  readonly fields: readonly Uint32Array[];
}

/** What the title, the phrasings, the claims and the body count for. */
const fieldWeights: readonly number[] = [2, 2, 1, 0.6];

/**
 * Reads an entry for the index.
 * @param asked its title and phrasings, as `readAsked` gives them
 * @param vocabulary learns the entry's terms
 * @param words is told every content word, for the speller
 * @param stemOf a stemmer that remembers
 */
export function readEntryTerms(
  { claims, body }: Entry,
  asked: readonly string[],
  vocabulary: Vocabulary,
  words: Set<string>,
  stemOf: (word: string) => string,
): EntryTerms {
  const number = (terms: readonly string[]) => Uint32Array.from(terms, (term) => vocabulary.learn(term));
  const termsOf = (text: string, pairs: boolean): string[] => {
    const found = contentWords(splitWords(text));
    for (const word of found) words.add(word);
    return toTerms(found, pairs, stemOf);
  };
  const ways = asked.map((text) => ({ text, terms: termsOf(text, true) }));
  return {
    phrases: ways.map(({ text, terms }) => number([...new Set([...terms, ...kindsOf(text)])])),
    fields: [
      number(ways.slice(0, 1).flatMap(({ terms }) => terms)),
      number(ways.slice(1).flatMap(({ terms }) => terms)),
      number(claims.flatMap(({ text }) => termsOf(text.toLowerCase(), false))),
      number(termsOf(body.toLowerCase(), false)),
    ],
  };
}

const saturation = 1.2;
const lengthShare = 0.5;

/** For every term, what it is worth and which entries hold it. Flat arrays, so that large books stay small and fast. */
export const entryIndex = {
  entryCount: 'number',
  /** What a word is worth that the book does not know. */
  unknownWorth: 'number',
  /** What each term is worth: its weight times how rare it is among the phrases. */
  worth: 'f32',
  /** The postings of term t stand from `starts[t]` to `starts[t + 1]`. */
  starts: 'u32',
  /** Entries in ascending order within each term. */
  entries: 'u32',
  /** How strongly the entry speaks of the term, 0 to 1. */
  impacts: 'f32',
} as const;

/** See `entryIndex`. */
export type EntryIndex = Shaped<typeof entryIndex>;

/** A word that the book does not know says less than a rare one that it knows: it may be a name or a misspelling. */
const unknownShare = 0.7;

/**
 * Builds an inverted index with BM25F scores worked out beforehand (Robertson and Zaragoza, "The Probabilistic
 * Relevance Framework: BM25 and Beyond", 2009, section 3.6).
 */
export function buildEntryIndex(entries: readonly EntryTerms[], vocabulary: Vocabulary): EntryIndex {
  const size = vocabulary.size;
  const averages = fieldWeights.map((_, field) => averageLength(entries, field));
  const holderCounts = countHolders(
    entries.map((entry) => entry.fields),
    size,
  );
  const starts = new Uint32Array(size + 1);
  for (let term = 0; term < size; term++) starts[term + 1] = (starts[term] ?? 0) + (holderCounts[term] ?? 0);

  const next = starts.slice();
  const holders = new Uint32Array(starts[size] ?? 0);
  const impacts = new Float32Array(holders.length);
  const frequencies = new Float32Array(size);
  for (const [entry, { fields }] of entries.entries()) {
    for (const term of weighTerms(fields, averages, frequencies)) {
      const frequency = frequencies[term] ?? 0;
      const at = next[term] ?? 0;
      next[term] = at + 1;
      holders[at] = entry;
      impacts[at] = frequency / (saturation + frequency);
      frequencies[term] = 0;
    }
  }
  const phrases = entries.flatMap((entry) => entry.phrases);
  const phraseCounts = countHolders(
    phrases.map((phrase) => [phrase]),
    size,
  );
  return {
    entryCount: entries.length,
    unknownWorth: unknownShare * rarity(0, phrases.length),
    worth: Float32Array.from(
      vocabulary.terms(),
      (term, number) => termWeight(term) * rarity(phraseCounts[number] ?? 0, phrases.length),
    ),
    starts,
    entries: holders,
    impacts,
  };
}

function rarity(holders: number, all: number): number {
  return Math.log(1 + (all - holders + 0.5) / (holders + 0.5));
}

function averageLength(entries: readonly EntryTerms[], field: number): number {
  let total = 0;
  for (const entry of entries) total += entry.fields[field]?.length ?? 0;
  return Math.max(1, total / Math.max(1, entries.length));
}

/** Counts for every term how many items hold it, in whichever of their parts. */
function countHolders(items: readonly (readonly Uint32Array[])[], size: number): Uint32Array {
  const counts = new Uint32Array(size);
  const lastHolder = new Int32Array(size).fill(-1);
  for (const [item, parts] of items.entries()) {
    for (const part of parts) {
      for (const term of part) {
        if (lastHolder[term] === item) continue;
        lastHolder[term] = item;
        counts[term] = (counts[term] ?? 0) + 1;
      }
    }
  }
  return counts;
}

/** Adds up an entry's weighted term frequencies in `frequencies`, all zero before; returns the terms it holds. */
function weighTerms(fields: readonly Uint32Array[], averages: readonly number[], frequencies: Float32Array): number[] {
  const held: number[] = [];
  for (const [field, terms] of fields.entries()) {
    const length = 1 - lengthShare + (lengthShare * terms.length) / (averages[field] ?? 1);
    const share = (fieldWeights[field] ?? 0) / length;
    for (const term of terms) {
      const before = frequencies[term] ?? 0;
      if (before === 0) held.push(term);
      frequencies[term] = before + share;
    }
  }
  return held;
}
