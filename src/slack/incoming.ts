import { z } from 'zod';
import { readText } from './slack-text.ts';

/** A question as it came in, whatever way it took. */
export interface Incoming {
  readonly team: string;
  readonly channel: string;
  readonly user: string;
  /** The message's timestamp: with team and channel it names the message. */
  readonly ts: string;
  /** The thread in which the answer goes. */
  readonly thread: string;
  readonly text: string;
}

/** The fields of app_mention and message events that are used (https://docs.slack.dev/reference/events/message). */
const messageSchema = z.object({
  type: z.enum(['app_mention', 'message']),
  channel: z.string(),
  channel_type: z.string().optional(),
  user: z.string().optional(),
  bot_id: z.string().optional(),
  subtype: z.string().optional(),
  text: z.string().default(''),
  ts: z.string(),
  thread_ts: z.string().optional(),
});

/** Subtypes of messages that a person wrote; all others are edits, deletions, joins and the like. */
const written = new Set<string | undefined>([undefined, 'file_share', 'thread_broadcast']);

/**
 * Reads a question from an event.
 * @returns null for anything that is not a person's question to the bot: other bots, edits, messages of channels that
 *   do not mention it
 */
export function readIncoming(event: unknown, team: string, botUser: string): Incoming | null {
  const parsed = messageSchema.safeParse(event);
  if (!parsed.success) return null;
  const { type, channel, channel_type, user, bot_id, subtype, text, ts, thread_ts } = parsed.data;
  if (user === undefined || user === botUser || user === 'USLACKBOT' || bot_id !== undefined || !written.has(subtype))
    return null;
  const direct = channel_type === 'im' || channel.startsWith('D');
  if (type === 'message' && !direct) return null;
  return { team, channel, user, ts, thread: thread_ts ?? ts, text: readText(text) };
}
