/** Lets what belongs together happen one after the other, such as a question, its edit and its deletion. */
export interface Turns {
  /** Does work after all earlier work of the same key, whatever became of that. @throws what the work throws */
  take<Result>(key: string, work: () => Promise<Result>): Promise<Result>;
}

/** Makes turns. Nothing is kept of a key whose work is done. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return {
    async take(key, work) {
      const before = last.get(key) ?? Promise.resolve();
      const own = before.then(work, work);
      last.set(key, own);
      try {
        return await own;
      } finally {
        if (last.get(key) === own) last.delete(key);
      }
    },
  };
}
