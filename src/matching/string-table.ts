import type { Shaped } from './model/packed.ts';
import { hashText } from './text-hash.ts';

/** Numbered strings that are found without being read first: a table of hashes stands beside them. */
export const stringTable = {
  /** All strings, one after the other. */
  text: 'text',
  /** String n stands from `starts[n]` to `starts[n + 1]`, in UTF-16 code units. */
  starts: 'u32',
  /** At the place that a string's hash tells, or the next free one: its number plus 1; 0 for a free place. */
  slots: 'u32',
} as const;

/** See `stringTable`. */
export type StringTable = Shaped<typeof stringTable>;

/**
 * Lays out strings, each numbered by its place.
 * @param strings well-formed, no two alike
 */
export function layOutStrings(strings: Iterable<string>): StringTable {
  const all = [...strings];
  const starts = new Uint32Array(all.length + 1);
  const slots = new Uint32Array(2 ** Math.ceil(Math.log2(2 * all.length + 1)));
  for (const [number, string] of all.entries()) {
    starts[number + 1] = (starts[number] ?? 0) + string.length;
    let slot = hashText(string) & (slots.length - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = number + 1;
  }
  return { text: all.join(''), starts, slots };
}

/** The number of a string; -1 where it is not in the table. */
export function findString({ text, starts, slots }: StringTable, string: string): number {
  for (let slot = hashText(string) & (slots.length - 1); ; slot = (slot + 1) & (slots.length - 1)) {
    const number = (slots[slot] ?? 0) - 1;
    if (number < 0) return -1;
    const start = starts[number] ?? 0;
    if ((starts[number + 1] ?? 0) - start === string.length && text.startsWith(string, start)) return number;
  }
}

/** Numbers terms in the order in which they are met. */
export interface Vocabulary {
  readonly size: number;
  /** The number of a term; unknown terms get the next one. */
  learn(term: string): number;
  /** All terms in the order of their numbers. */
  terms(): Iterable<string>;
}

/** Makes an empty vocabulary. */
export function createVocabulary(): Vocabulary {
  const numbers = new Map<string, number>();
  return {
    get size() {
      return numbers.size;
    },
    learn(term) {
      const known = numbers.get(term);
      if (known !== undefined) return known;
      numbers.set(term, numbers.size);
      return numbers.size - 1;
    },
    terms: () => numbers.keys(),
  };
}
