import { ErrorCode, WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { SlackMessage } from './message.ts';

/** Where a message goes. */
export interface Destination {
  readonly channel: string;
  readonly thread?: string;
}

/** A message that was posted. */
export interface Posted {
  readonly channel: string;
  readonly ts: string;
}

/** Slack's answers that mean: not with these blocks. */
const blockErrors = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long']);

/** Nothing unfolds under an answer, and no name in it becomes a mention. */
const quiet = { unfurl_links: false, unfurl_media: false } as const;

/**
 * Posts a message; where Slack refuses its blocks, posts its text alone.
 * @returns the conversation and timestamp that name it; a message to a person has the conversation with them
 * @throws the client's error for any other refusal
 */
export async function post(
  client: WebClient,
  { channel, thread }: Destination,
  message: SlackMessage,
): Promise<Posted> {
  const common = { channel, text: message.text, ...quiet, ...(thread === undefined ? {} : { thread_ts: thread }) };
  const result = await withFallback(
    () => client.chat.postMessage({ ...common, blocks: message.blocks }),
    () => client.chat.postMessage(common),
  );
  return { channel: result.channel ?? channel, ts: result.ts ?? '' };
}

/** Edits a message in place; where Slack refuses its blocks, leaves its text alone. */
export async function edit(client: WebClient, channel: string, ts: string, message: SlackMessage): Promise<void> {
  await withFallback(
    () => client.chat.update({ channel, ts, text: message.text, blocks: message.blocks }),
    () => client.chat.update({ channel, ts, text: message.text, blocks: [] }),
  );
}

/** Posts a message that only one person sees. */
export async function whisper(
  client: WebClient,
  { channel, thread }: Destination,
  user: string,
  message: SlackMessage,
): Promise<void> {
  const common = { channel, user, text: message.text, ...(thread === undefined ? {} : { thread_ts: thread }) };
  await withFallback(
    () => client.chat.postEphemeral({ ...common, blocks: message.blocks }),
    () => client.chat.postEphemeral(common),
  );
}

async function withFallback<Result>(send: () => Promise<Result>, sendPlain: () => Promise<Result>): Promise<Result> {
  try {
    return await send();
  } catch (error) {
    if (blockErrors.has(slackErrorOf(error))) return sendPlain();
    throw error;
  }
}

/** The name of Slack's error, such as `not_in_channel`; the empty text for errors of another kind. */
export function slackErrorOf(error: unknown): string {
  if (error instanceof WebAPIPlatformError) return error.data.error;
  return error instanceof Error && 'code' in error && error.code === ErrorCode.PlatformError ? error.message : '';
}
