import { RespondError, type RespondFn } from '@slack/bolt';
import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { SlackMessage } from '../blocks/message.ts';
import { type Destination, post, whisper, withSimplerBlocks } from './post.ts';

/** Says something to one person. */
export type Tell = (message: SlackMessage) => Promise<void>;

/** Answers one person with messages, each once. @param replace puts the first in the place of the private message that was pressed */
export type AnswerPrivately = (messages: readonly SlackMessage[], replace?: boolean) => Promise<void>;

const notTaken = z.object({ ok: z.literal(false) });

/**
 * Says something to one person through the response address of their command, button or shortcut; where it refuses the
 * blocks, with simple ones, and then the text alone.
 * @param how.replace puts it in the place of the private message that was pressed
 * @param how.thread shows it in a thread
 * @throws RespondError where the address is worn out, which Slack says after 30 minutes or 5 uses
 */
export async function respondPrivately(
  respond: RespondFn,
  message: SlackMessage,
  { replace = false, thread }: { readonly replace?: boolean; readonly thread?: string } = {},
): Promise<void> {
  const common = {
    ...{ response_type: 'ephemeral' as const, replace_original: replace, text: message.text },
    ...(thread === undefined ? {} : { thread_ts: thread }),
  };
  const send = async (blocks: KnownBlock[] | null) => {
    const response = await respond({ ...common, ...(blocks === null ? {} : { blocks }) });
    const refused = notTaken.safeParse(await response.json().catch(() => null)).success;
    if (refused) throw new RespondError('The response address did not take the message', response.status);
  };
  await withSimplerBlocks(message, send, (error) => error instanceof RespondError);
}

/**
 * Makes a way to answer one person through the response address, or another way where that does not work.
 * @param respond null where there is no response address
 */
export function privateAnswers(respond: RespondFn | null, tell: Tell): AnswerPrivately {
  return async (messages, replace = false) => {
    for (const [index, message] of messages.entries()) {
      if (respond === null) await tell(message);
      else await respondPrivately(respond, message, { replace: replace && index === 0 }).catch(() => tell(message));
    }
  };
}

/**
 * Makes a way to answer one person within the thread that they look at, where a response address leads out of it; by the
 * address where the bot may not write there.
 */
export function threadAnswers(
  client: WebClient,
  where: Required<Destination>,
  user: string,
  respond: RespondFn | null,
  tell: Tell,
): AnswerPrivately {
  return async (messages) => {
    for (const message of messages)
      await whisper(client, where, user, message)
        .catch((error: unknown) => {
          if (respond === null) throw error;
          return respondPrivately(respond, message, { thread: where.thread });
        })
        .catch(() => tell(message));
  };
}

/**
 * Makes a way to reach one person that works wherever they are: in the thread if the bot may write there, else through
 * the response address, else in the conversation with them.
 */
export function tellerOf(client: WebClient, where: Destination | null, user: string, respond: RespondFn | null): Tell {
  return async (message) => {
    const ways = [
      ...(where === null || isDirect(where) ? [] : [() => whisper(client, where, user, message)]),
      ...(respond === null ? [] : [() => respondPrivately(respond, message)]),
    ];
    for (const way of ways) {
      try {
        return await way();
      } catch {
        // The next way is tried; the last one tells why it fails.
      }
    }
    await post(client, where !== null && isDirect(where) ? where : { channel: user }, message);
  };
}

/** In the conversation with a person there is nobody else to hide a message from. */
function isDirect({ channel }: Destination): boolean {
  return channel.startsWith('D');
}
