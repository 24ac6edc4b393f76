import type { Logger } from 'pino';
import { AssistantError, StoreUnavailable } from '../../assistant/assistant-error.ts';
import { plainMessage } from '../blocks/message.ts';
import { isClosed } from './post.ts';
import type { Tell } from './private-reply.ts';

/**
 * Does what a person asked for. Where it fails the person is told why and what to do next, so that nothing ends in
 * silence; what was not expected is logged too.
 */
export async function orTell(log: Logger, tell: Tell, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof AssistantError)) log.error({ error }, 'a request from Slack failed');
    try {
      await tell(plainMessage(wordsFor(error)));
    } catch (failure) {
      log.error({ error: failure }, 'and whoever asked could not be told');
    }
  }
}

/** Says what failed and what to do next, to the person who asked. */
export function wordsFor(error: unknown): string {
  if (error instanceof AssistantError) return `${error.message}.`;
  if (error instanceof StoreUnavailable)
    return 'I could not keep that just now. Please try again in a moment; if it stays so, tell whoever runs me.';
  if (isClosed(error))
    return 'I may not write in this channel. Invite me with /invite and try again, or write to me directly.';
  return 'Something went wrong on my side. Please try again; if it stays so, tell whoever runs me: the log says why.';
}
