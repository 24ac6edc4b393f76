import { z } from 'zod';
import { readText } from '../blocks/slack-text.ts';

/** A message as it came in, whatever way it took. */
interface MessagePlace {
  readonly team: string;
  readonly channel: string;
  /** The message's timestamp: with team and channel it names the message. */
  readonly ts: string;
  /** The thread that it is in, or begins. */
  readonly thread: string;
}

/** Something that a person wrote. */
interface Written extends MessagePlace {
  readonly user: string;
  readonly text: string;
  /** The people whom it speaks to, the bot left out; `everybody` for a broadcast or a group. */
  readonly addressed: readonly string[];
  /** Whether everybody in the workspace may read it; null where Slack does not say. */
  readonly isPublic: boolean | null;
}

/** A question to the bot. */
export interface Asked extends Written {
  readonly type: 'asked';
  /** True for one that was changed after it was written: it may have been answered before. */
  readonly edited: boolean;
}

/** What somebody wrote in a thread, not to the bot. */
export interface Overheard extends Written {
  readonly type: 'overheard';
  /** Who began the thread, where Slack says so. */
  readonly begunBy: string | null;
}

/** What somebody wrote in a channel, outside of threads and not to the bot: what a thread under it will be about. */
export interface Begun extends Written {
  readonly type: 'begun';
}

/** A message that was changed. */
export interface Edited extends MessagePlace {
  readonly type: 'edited';
  readonly user: string;
  readonly text: string;
  /** Whether it still speaks to the bot: by a mention, or directly. */
  readonly toBot: boolean;
}

/** A message that was deleted. */
export interface Deleted extends MessagePlace {
  readonly type: 'deleted';
}

export type Incoming = Asked | Overheard | Begun | Edited | Deleted;

/** The fields of app_mention and message events that are used (https://docs.slack.dev/reference/events/message). */
const writtenSchema = z.object({
  type: z.enum(['app_mention', 'message']),
  channel: z.string(),
  channel_type: z.string().optional(),
  user: z.string().optional(),
  bot_id: z.string().optional(),
  subtype: z.string().optional(),
  text: z.string().default(''),
  ts: z.string(),
  thread_ts: z.string().optional(),
  parent_user_id: z.string().optional(),
  edited: z.unknown().optional(),
});
const changeSchema = z.object({
  type: z.literal('message'),
  subtype: z.literal('message_changed'),
  channel: z.string(),
  message: z.object({
    ts: z.string(),
    thread_ts: z.string().optional(),
    subtype: z.string().optional(),
    user: z.string().optional(),
    bot_id: z.string().optional(),
    text: z.string().default(''),
  }),
});
const deletionSchema = z.object({
  type: z.literal('message'),
  subtype: z.literal('message_deleted'),
  channel: z.string(),
  deleted_ts: z.string(),
  previous_message: z.object({ thread_ts: z.string().optional() }).optional(),
});

/** Subtypes of messages that a person wrote; all others are edits, deletions, joins and the like. */
const written = new Set<string | undefined>([undefined, 'file_share', 'thread_broadcast']);

/**
 * Reads an event.
 * @returns null for anything that does not concern the bot: other bots, joins and the like
 */
export function readIncoming(event: unknown, team: string, botUser: string): Incoming | null {
  return readChange(event, team, botUser) ?? readDeletion(event, team) ?? readWritten(event, team, botUser);
}

/** A message with replies that is deleted stays as a tombstone, which comes as a change. */
function readChange(event: unknown, team: string, botUser: string): Edited | Deleted | null {
  const parsed = changeSchema.safeParse(event);
  if (!parsed.success) return null;
  const { channel, message } = parsed.data;
  const place = { team, channel, ts: message.ts, thread: message.thread_ts ?? message.ts };
  if (message.subtype === 'tombstone') return { type: 'deleted', ...place };
  const { user, bot_id: bot, text } = message;
  if (user === undefined || user === botUser || bot !== undefined) return null;
  const toBot = channel.startsWith('D') || mentions(text, botUser);
  return { type: 'edited', ...place, user, text: readText(text), toBot };
}

function readDeletion(event: unknown, team: string): Deleted | null {
  const parsed = deletionSchema.safeParse(event);
  if (!parsed.success) return null;
  const { channel, deleted_ts: ts, previous_message: previous } = parsed.data;
  return { type: 'deleted', team, channel, ts, thread: previous?.thread_ts ?? ts };
}

function readWritten(event: unknown, team: string, botUser: string): Asked | Overheard | Begun | null {
  const parsed = writtenSchema.safeParse(event);
  if (!parsed.success) return null;
  const { type, channel, channel_type, user, bot_id, subtype, text, ts, thread_ts, ...rest } = parsed.data;
  if (user === undefined || user === botUser || user === 'USLACKBOT' || bot_id !== undefined || !written.has(subtype))
    return null;
  const place = { team, channel, ts, thread: thread_ts ?? ts };
  const words = {
    ...place,
    user,
    text: readText(text),
    addressed: addressedIn(text, botUser),
    isPublic: publicIn(channel_type),
  };
  const direct = channel_type === 'im' || channel.startsWith('D');
  // A mention comes as an event of its own too, or as that alone; whichever is first is taken.
  if (type === 'app_mention' || direct || mentions(text, botUser))
    return { type: 'asked', ...words, edited: rest.edited !== undefined };
  if (thread_ts === undefined || thread_ts === ts) return { type: 'begun', ...words };
  const begunBy = rest.parent_user_id === botUser ? null : (rest.parent_user_id ?? null);
  return { type: 'overheard', ...words, begunBy };
}

/** A mention comes without the kind of its channel, and private channels' ids are like those of others. */
function publicIn(kind: string | undefined): boolean | null {
  return kind === undefined ? null : kind === 'channel';
}

/** Whether a text mentions the bot; no text does where Slack has not told who the bot is. */
function mentions(text: string, botUser: string): boolean {
  return botUser !== '' && (text.includes(`<@${botUser}>`) || text.includes(`<@${botUser}|`));
}

function addressedIn(text: string, botUser: string): string[] {
  const people = [...text.matchAll(/<@([UW][A-Z0-9]+)/g)]
    .map(([, user = '']) => user)
    .filter((user) => user !== botUser);
  return [...new Set([...people, ...(/<!(?:here|channel|everyone|subteam)/.test(text) ? ['everybody'] : [])])];
}
