/** Numbers terms in the order in which they are met. */
export interface Vocabulary {
  readonly size: number;
  /** The number of a term; unknown terms get the next one. */
  learn(term: string): number;
  /** The number of a term, undefined if it was never learnt. */
  find(term: string): number | undefined;
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
    find: (term) => numbers.get(term),
    terms: () => numbers.keys(),
  };
}
