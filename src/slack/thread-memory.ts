import type { ThreadKey } from '../store/threads.ts';
import type { SurfaceParts } from './slack-surface.ts';

/** What a thread in which the bot answered was about, and who is in it. */
export interface ThreadMemory {
  /** The entry shown last; null where the last reply showed none. */
  readonly entry: string | null;
  readonly people: readonly string[];
}

/** What is remembered of a thread; null where the bot has not answered, or the store cannot tell. */
export function recallThread({ store, log }: SurfaceParts, key: ThreadKey): ThreadMemory | null {
  try {
    const memory = store.threads.get(key);
    return memory && { entry: memory.lastEntry, people: memory.people };
  } catch (error) {
    log.error({ error: String(error) }, 'a thread could not be recalled');
    return null;
  }
}

/**
 * Remembers what was answered in a thread; without memory the next question just has no context.
 * @param people who is in the conversation from now on; null leaves it as it is
 */
export function rememberThread(
  { store, log }: SurfaceParts,
  key: ThreadKey,
  entry: string | null,
  people: readonly string[] | null,
): void {
  try {
    store.threads.put({ ...key, lastEntry: entry, lastAt: Date.now() });
    if (people !== null) store.threads.startOver(key, people);
  } catch (error) {
    log.error({ error: String(error) }, 'a thread could not be remembered');
  }
}

/** Notes who wrote in a thread or was spoken to. @throws StoreUnavailable, so that nobody is overlooked */
export function notePeople({ store }: SurfaceParts, key: ThreadKey, people: readonly string[]): void {
  for (const person of people) store.threads.addPerson(key, person);
}
