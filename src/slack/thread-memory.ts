import type { ThreadKey } from '../store/threads.ts';
import type { SurfaceParts } from './slack-surface.ts';
import { soon } from './soon.ts';

/** What a thread in which the bot answered was about, and who is in it. */
export interface ThreadMemory {
  /** The entry shown last; null where the last reply showed none. */
  readonly entry: string | null;
  readonly people: readonly string[];
  /** Whether it is known that everybody in the workspace may read it. */
  readonly isPublic: boolean;
}

/** What is remembered of a thread; null where the bot has not answered, or the store cannot tell. */
export async function recallThread({ store, log }: SurfaceParts, key: ThreadKey): Promise<ThreadMemory | null> {
  try {
    const memory = await store.threads.get(key);
    return memory && { entry: memory.lastEntry, people: memory.people, isPublic: memory.isPublic };
  } catch (error) {
    log.error({ error: String(error) }, 'a thread could not be recalled');
    return null;
  }
}

/**
 * Notes who wrote in a thread or was spoken to, beside those who are known.
 * @throws StoreUnavailable, so that nobody is overlooked
 */
export async function notePeople(
  { store }: SurfaceParts,
  key: ThreadKey,
  known: readonly string[],
  people: readonly string[],
): Promise<void> {
  for (const person of people) if (!known.includes(person)) await store.threads.addPerson(key, person);
}

/** Notes whether everybody in the workspace may read a thread; without the note its answers stay out of their sight. */
export async function notePublic(parts: SurfaceParts, key: ThreadKey, isPublic: boolean): Promise<void> {
  const memory = await recallThread(parts, key);
  if (memory === null || memory.isPublic === isPublic) return;
  const noted = parts.store.threads
    .setPublic(key, isPublic)
    .catch((error: unknown) =>
      parts.log.error({ error: String(error) }, 'whether a thread is public could not be remembered'),
    );
  await soon(noted, undefined);
}
