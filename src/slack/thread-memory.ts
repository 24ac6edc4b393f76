import type { ThreadKey } from '../store/threads.ts';
import type { SurfaceParts } from './slack-surface.ts';

/** What a thread in which the bot answered was about, and who is in it. */
export interface ThreadMemory {
  /** The entry shown last; null where the last reply showed none. */
  readonly entry: string | null;
  readonly people: readonly string[];
}

/** What becomes of a thread with an answer. */
export interface Remembered {
  readonly entry: string | null;
  /** Who asked. */
  readonly asker: string;
  /** Who is in the conversation from now on; null leaves it as it is. */
  readonly people: readonly string[] | null;
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
 */
export function rememberThread(
  { store, log }: SurfaceParts,
  key: ThreadKey,
  { entry, asker, people }: Remembered,
): void {
  try {
    store.threads.put({ ...key, lastEntry: entry, lastAt: Date.now() });
    store.threads.setAsker(key, asker);
    if (people !== null) store.threads.startOver(key, people);
  } catch (error) {
    log.error({ error: String(error) }, 'a thread could not be remembered');
  }
}

/** Notes who wrote in a thread or was spoken to. @throws StoreUnavailable, so that nobody is overlooked */
export function notePeople({ store }: SurfaceParts, key: ThreadKey, people: readonly string[]): void {
  for (const person of people) store.threads.addPerson(key, person);
}

/** Notes whether everybody in the workspace may read a thread; without the note its answers stay out of their sight. */
export function notePublic({ store, log }: SurfaceParts, key: ThreadKey, isPublic: boolean): void {
  try {
    store.threads.setPublic(key, isPublic);
  } catch (error) {
    log.error({ error: String(error) }, 'whether a thread is public could not be remembered');
  }
}
