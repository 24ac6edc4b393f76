/** How long one call to the engine may take, in milliseconds. */
export interface CallBound {
  /** Until its whole answer has come; of a stream, until its head has. */
  readonly answer: number;
  /** For how long a stream may be silent; null where silence says nothing, as of a container that prints nothing. */
  readonly silence: number | null;
  /** Until a stream has come to its end. */
  readonly whole: number;
}

/** The bounds of every call, by what the engine has to do for it. */
export interface CallBounds {
  /** It says something that it knows. */
  readonly tell: CallBound;
  /** It makes, changes, removes or reads something. */
  readonly work: CallBound;
  /** It exports an image: it writes all of it to its disk before it begins to send, so an image of GBs takes minutes. */
  readonly export: CallBound;
  /** It waits for the end of a container, or carries what one prints: as long as the run, which ends it, may take. */
  readonly follow: CallBound;
}

const longestRun = 2 * 60 * 60_000;

/** The bounds in force. A run's own limit and a request to stop end its calls earlier. */
export const callBounds: CallBounds = {
  tell: { answer: 15_000, silence: 15_000, whole: 60_000 },
  work: { answer: 30_000, silence: 30_000, whole: 120_000 },
  export: { answer: 300_000, silence: 30_000, whole: 1_200_000 },
  follow: { answer: longestRun, silence: null, whole: longestRun },
};

/** The most bytes of an answer that is no stream. */
export const mostAnswerBytes = 64 * 1024 * 1024;

const following = /^\/(?:containers\/[^/]+\/(?:wait|attach)|exec\/[^/]+\/start)\b/;
const working = /^\/(?:system\/df|containers\/[^/]+\/(?:archive|changes))\b/;
const exporting = /^\/images\/.+\/get\b/;

/**
 * Finds the bound of a call; there is none without.
 * @param path as the client library names it, with or without a query
 */
export function boundOf(bounds: CallBounds, method: string, path: string): CallBound {
  if (following.test(path)) {
    return path.includes('/wait') ? bounds.follow : { ...bounds.follow, answer: bounds.work.answer };
  }
  if (exporting.test(path)) return bounds.export;
  return method === 'GET' && !working.test(path) ? bounds.tell : bounds.work;
}
