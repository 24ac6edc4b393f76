import type { MessageKey } from '../../assistant/conversations.ts';
import type { Needs } from '../parts.ts';
import type { Posted } from '../transport/post.ts';

/**
 * Makes a listener that notes of a message that it stands there because of another one: a demo because of the answer
 * that offers it. It goes when the question goes. Nothing waits for the note; without it the message stays.
 */
export function attachTo({ assistant, log }: Needs<'assistant' | 'log'>, to: MessageKey): (shown: Posted) => void {
  return ({ channel, ts }) => {
    if (channel !== to.channel || ts === to.message) return;
    void assistant.conversations.attach(to, ts).catch((error: unknown) => {
      log.error({ error }, 'a message stays when the question goes that it is there for');
    });
  };
}
