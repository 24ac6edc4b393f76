import { concepts } from './lexicon.ts';
import type { Shaped } from './model/packed.ts';

const shortestMended = 5;
const longWord = 9;

/** The words that a misspelt one may have been, shelved by first letter and length. */
export const spellerWords = {
  /** All words, shelf by shelf. */
  text: 'text',
  /** Where in the text the shelf of each first letter and length starts: `letters` shelves a length, from length 0. */
  starts: 'u32',
} as const;

/** See `spellerWords`. */
export type SpellerWords = Shaped<typeof spellerWords>;

const letters = 26;
const plainWord = /^[a-z]+$/;

/**
 * Shelves the words to which misspelt ones are corrected: a book's, and the lexicon's.
 * @param known the book's content words, unstemmed
 */
export function shelveWords(known: ReadonlySet<string>): SpellerWords {
  const vocabulary = new Set(known);
  for (const members of Object.values(concepts)) for (const word of members.split(/\s+/)) vocabulary.add(word);
  const words = [...vocabulary].filter((word) => word.length >= shortestMended - 1 && plainWord.test(word));
  words.sort((a, b) => shelfOf(a, a.length) - shelfOf(b, b.length));
  const shelves = (words.at(-1)?.length ?? 0) * letters + letters;
  const starts = new Uint32Array(shelves + 1);
  for (const word of words) {
    const next = shelfOf(word, word.length) + 1;
    starts[next] = (starts[next] ?? 0) + word.length;
  }
  for (let shelf = 0; shelf < shelves; shelf++) starts[shelf + 1] = (starts[shelf + 1] ?? 0) + (starts[shelf] ?? 0);
  return { text: words.join(''), starts };
}

/**
 * Corrects a word that the book does not know to one that it knows: one edit away, or two for a long word; first
 * letters must agree, and short words are left alone.
 */
export function mendWord(words: SpellerWords, word: string): string {
  if (word.length < shortestMended || !plainWord.test(word)) return word;
  const most = word.length >= longWord ? 2 : 1;
  let best = word;
  let fewest = most + 1;
  for (let length = word.length - most; length <= word.length + most; length++) {
    for (const candidate of onShelf(words, word, length)) {
      if (candidate === word) return word;
      const edits = countEdits(word, candidate, fewest - 1);
      if (edits < fewest) [best, fewest] = [candidate, edits];
    }
  }
  return best;
}

function shelfOf(word: string, length: number): number {
  return length * letters + word.charCodeAt(0) - 'a'.charCodeAt(0);
}

/** The known words of a length that start as a word does. */
function* onShelf({ text, starts }: SpellerWords, word: string, length: number): Generator<string> {
  const shelf = shelfOf(word, length);
  for (let from = starts[shelf] ?? 0; from < (starts[shelf + 1] ?? 0); from += length) {
    yield text.slice(from, from + length);
  }
}

/**
 * Counts the insertions, deletions, replacements and swaps of neighbours that turn one word into the other (optimal
 * string alignment).
 * @param most stops counting beyond this many
 * @returns the count, or `most + 1` if there are more
 */
export function countEdits(from: string, to: string, most: number): number {
  if (Math.abs(from.length - to.length) > most) return most + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const cost = from[row - 1] === to[column - 1] ? 0 : 1;
      let edits = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + cost);
      if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) {
        edits = Math.min(edits, (beforeLast[column - 2] ?? 0) + 1);
      }
      current.push(edits);
    }
    if (Math.min(...current) > most) return most + 1;
    [beforeLast, last] = [last, current];
  }
  return last[to.length] ?? most + 1;
}
