/** Adds up the time during which at least one of several overlapping actions was under way. */
export interface Stopwatch {
  /** Runs an action on the clock. */
  during<Value>(action: () => Promise<Value>): Promise<Value>;
  /** Milliseconds so far. */
  read(): number;
}

/** Makes a stopwatch that stands at 0. */
export function createStopwatch(): Stopwatch {
  let running = 0;
  let since = 0;
  let total = 0;
  return {
    async during(action) {
      if (running++ === 0) since = performance.now();
      try {
        return await action();
      } finally {
        if (--running === 0) total += performance.now() - since;
      }
    },
    read: () => (running === 0 ? total : total + performance.now() - since),
  };
}
