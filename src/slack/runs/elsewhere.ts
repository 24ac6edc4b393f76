import type { RichTextElement } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { type SlackMessage, toMessage } from '../blocks/message.ts';
import { literal, paragraph } from '../blocks/rich-text.ts';
import type { Needs } from '../parts.ts';
import type { Posted } from '../transport/post.ts';
import type { Tell } from '../transport/private-reply.ts';

/** Says to whoever asked that what they asked for stands in a message elsewhere. It fails nothing. */
export type TellElsewhere = (at: Posted) => Promise<void>;

/** Why something is not shown where it was asked for, and what would change that. */
const reasons = {
  'not-there': 'I may not write in this channel. Invite me with /invite to have it here.',
  'not-wanted': 'I answer in other channels only; an admin can change that in my home.',
  private: 'Nobody but you sees this message.',
} as const;

/**
 * Makes what says it, so that nobody waits in a channel for what is shown in their direct messages.
 * @param what what is shown there, with its verb
 */
export function tellElsewhere(
  { log }: Needs<'log'>,
  { client, tell }: { readonly client: WebClient; readonly tell: Tell },
  what: string,
  reason: keyof typeof reasons,
): TellElsewhere {
  return async ({ channel, ts }) => {
    // What stands in Slack's place may name the same channel otherwise.
    if (!/^[DU]/.test(channel)) return;
    try {
      const told = await client.chat.getPermalink({ channel, message_ts: ts }).catch(() => null);
      await tell(elsewhereMessage(`${what} in our direct messages.`, reasons[reason], told?.permalink ?? null));
    } catch (error) {
      log.warn({ error }, 'whoever asked was not told where it is shown');
    }
  };
}

function elsewhereMessage(where: string, why: string, permalink: string | null): SlackMessage {
  const link: RichTextElement[] =
    permalink === null ? [] : [literal(' '), { type: 'link', url: permalink, text: 'Open it' }];
  return toMessage(`${where} ${why}`, [paragraph([literal(where, { bold: true }), ...link, literal(`\n${why}`)])]);
}
