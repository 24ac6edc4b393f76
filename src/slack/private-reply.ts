import { RespondError, type RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { SlackMessage } from './message.ts';
import { type Destination, post, whisper } from './post.ts';

/** Says something to one person. */
export type Tell = (message: SlackMessage) => Promise<void>;

/**
 * Answers one person through the response address of their command, button or shortcut; where it refuses the blocks,
 * with the text alone.
 * @param replace puts the first message in the place of the private message that was pressed
 * @throws RespondError where the address is worn out, which Slack says after 30 minutes or 5 uses
 */
export async function respondPrivately(
  respond: RespondFn,
  messages: readonly SlackMessage[],
  replace = false,
): Promise<void> {
  for (const [index, { text, blocks }] of messages.entries()) {
    const common = { response_type: 'ephemeral' as const, replace_original: replace && index === 0, text };
    try {
      await respond({ ...common, blocks });
    } catch (error) {
      if (!(error instanceof RespondError)) throw error;
      await respond(common);
    }
  }
}

/**
 * Makes a way to reach one person that works wherever they are: in the thread if the bot may write there, else through
 * the response address, else in the conversation with them.
 */
export function tellerOf(client: WebClient, where: Destination | null, user: string, respond: RespondFn | null): Tell {
  return async (message) => {
    const ways = [
      ...(where === null || isDirect(where) ? [] : [() => whisper(client, where, user, message)]),
      ...(respond === null ? [] : [() => respondPrivately(respond, [message])]),
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
