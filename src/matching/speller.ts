import { concepts } from './lexicon.ts';

const shortestMended = 5;
const longWord = 9;
/**
 * Makes a function that corrects a word that the book does not know to one that it knows: one edit away, or two for a
 * long word; first letters must agree, and short words are left alone.
 * @param known the book's content words, unstemmed
 */
export function createSpeller(known: ReadonlySet<string>): (word: string) => string {
  const vocabulary = new Set(known);
  for (const members of Object.values(concepts)) for (const word of members.split(/\s+/)) vocabulary.add(word);
  const shelves = new Map<string, string[]>();
  for (const word of vocabulary) {
    if (word.length < shortestMended - 1 || !/^[a-z]+$/.test(word)) continue;
    const key = shelf(word, word.length);
    const words = shelves.get(key);
    if (words) words.push(word);
    else shelves.set(key, [word]);
  }
  return (word) => {
    if (word.length < shortestMended || vocabulary.has(word) || !/^[a-z]+$/.test(word)) return word;
    const most = word.length >= longWord ? 2 : 1;
    let best = word;
    let fewest = most + 1;
    for (let length = word.length - most; length <= word.length + most; length++) {
      for (const candidate of shelves.get(shelf(word, length)) ?? []) {
        const edits = countEdits(word, candidate, fewest - 1);
        if (edits < fewest) [best, fewest] = [candidate, edits];
      }
    }
    return best;
  };
}

function shelf(word: string, length: number): string {
  return `${word[0] ?? ''}${length}`;
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
