import type { RememberedThread, ThreadKey } from '../../assistant/conversations.ts';
import type { Needs } from '../parts.ts';
import { soon } from '../transport/soon.ts';

/** What is remembered of a thread; null where the bot has not answered, or the store cannot tell. */
export async function recallThread(
  { assistant, log }: Needs<'assistant' | 'log'>,
  key: ThreadKey,
): Promise<RememberedThread | null> {
  try {
    return await assistant.conversations.recall(key);
  } catch (error) {
    log.error({ error }, 'a thread could not be recalled');
    return null;
  }
}

/** Notes whether everybody in the workspace may read a thread; without the note its answers stay out of their sight. */
export async function notePublic(parts: Needs<'assistant' | 'log'>, key: ThreadKey, isPublic: boolean): Promise<void> {
  const memory = await recallThread(parts, key);
  if (memory === null || memory.isPublic === isPublic) return;
  const noted = parts.assistant.conversations
    .setPublic(key, isPublic)
    .catch((error: unknown) => parts.log.error({ error }, 'whether a thread is public could not be remembered'));
  await soon(noted, undefined);
}
