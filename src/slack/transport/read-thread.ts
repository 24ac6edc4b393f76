import { WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import type { Logger } from 'pino';
import { z } from 'zod';
import { readText } from '../blocks/slack-text.ts';
import { slackErrorOf } from './post.ts';

/** Messages asked for at once; an app outside of Slack's directory may get but 15 of them. */
const mostMessages = 50;
/** Milliseconds for which Slack is not asked again by a workspace: where it refuses for good, and where it does not say. */
const pause = { refused: 10 * 60_000, limited: 60_000 } as const;
/** Slack's answers that are about one thread, and say nothing of the next. */
const ofThread = new Set([
  'thread_not_found',
  'message_not_found',
  'channel_not_found',
  'not_in_channel',
  'is_archived',
]);

/** The fields that are used (https://docs.slack.dev/reference/methods/conversations.replies). */
const messagesSchema = z.array(
  z.object({
    ts: z.string(),
    user: z.string().optional(),
    text: z.string().default(''),
    bot_id: z.string().optional(),
  }),
);

/** Reads threads by asking Slack. */
export interface ThreadReader {
  /**
   * What was written in a thread before a message, oldest first, the bot's own words left out.
   * @param own the bot's user id
   * @returns null where Slack does not tell, or not soon: it may lack a scope, or be asked too often
   */
  read(client: WebClient, thread: ReadableThread, own: string): Promise<readonly string[] | null>;
}

/** Which thread is read, up to which message. */
export interface ReadableThread {
  readonly team: string;
  readonly channel: string;
  readonly thread: string;
  readonly ts: string;
}

/**
 * Makes the reader.
 * @param hasty a client that gives up soon, and at once where it is asked to wait: the client of answers would hold up
 *   all of them meanwhile
 */
export function createThreadReader(
  hasty: (client: WebClient) => WebClient,
  log: Logger,
  now: () => number = Date.now,
): ThreadReader {
  const silentUntil = new Map<string, number>();

  function noteFailure(team: string, error: unknown): void {
    if (ofThread.has(slackErrorOf(error))) return;
    const limited = error instanceof WebAPIRateLimitedError ? 1000 * error.retryAfter : pause.limited;
    const wait = slackErrorOf(error) === '' ? limited : pause.refused;
    silentUntil.set(team, now() + wait);
    log.debug({ error, team }, 'a thread cannot be read');
  }

  return {
    async read(client, { team, channel, thread, ts }, own) {
      if (now() < (silentUntil.get(team) ?? 0)) return null;
      silentUntil.delete(team);
      try {
        const { messages } = await hasty(client).conversations.replies({ channel, ts: thread, limit: mostMessages });
        return messagesSchema
          .parse(messages)
          .filter((message) => message.user !== own && Number(message.ts) < Number(ts))
          .map(({ text }) => readText(text))
          .filter((text) => text !== '');
      } catch (error) {
        noteFailure(team, error);
        return null;
      }
    },
  };
}
