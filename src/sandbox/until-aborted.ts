/**
 * Waits for an answer, at most until the signal is aborted, also where the answer never comes.
 * @throws the signal's reason once it is aborted; what the answer fails with
 */
export async function untilAborted<Value>(signal: AbortSignal, answer: Promise<Value>): Promise<Value> {
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([aborted.promise, answer]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
