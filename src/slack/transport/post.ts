import { setTimeout as sleep } from 'node:timers/promises';
import type { KnownBlock, MessageMetadata } from '@slack/types';
import { WebAPIPlatformError, WebAPIRateLimitedError, type WebClient } from '@slack/web-api';
import type { SlackMessage } from '../blocks/message.ts';
import { simpleBlocks } from '../blocks/simple-blocks.ts';
import { rateLimited } from './settle-answers.ts';

/** Where a message goes. A person's id stands for the conversation with them. */
export interface Destination {
  readonly channel: string;
  readonly thread?: string;
}

/** A message that was posted. */
export interface Posted {
  readonly channel: string;
  readonly ts: string;
}

/** Slack's answers that mean: not with these blocks; and those by which others in its place say so. */
const blockErrors = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
  'invalid_arguments',
  'http_400',
  'http_413',
  'http_422',
]);

/** Slack's answers that mean: you may not write here. */
const closedErrors = new Set([
  'not_in_channel',
  'channel_not_found',
  'is_archived',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'restricted_action_non_threadable_channel',
  'restricted_action_thread_locked',
]);

/** Times that an edit is made again where Slack is busy or in trouble: about half a minute, or as long as it says. */
const mostTries = 8;
/** Milliseconds before the second try where Slack does not say how long; twice as long before each further one. */
const firstWait = 500;
const longestWait = 10_000;

/** Nothing unfolds under an answer. */
const quiet = { unfurl_links: false, unfurl_media: false } as const;

/**
 * Posts a message; where Slack refuses its blocks, with simple ones, and then its text alone.
 * @param metadata what Slack keeps with it, hidden from people
 * @returns the conversation and timestamp that name it; a message to a person has the conversation with them
 * @throws the client's error for any other refusal
 */
export async function post(
  client: WebClient,
  { channel, thread }: Destination,
  message: SlackMessage,
  metadata?: MessageMetadata,
): Promise<Posted> {
  const common = {
    ...{ text: message.text, ...quiet },
    ...(thread === undefined ? {} : { thread_ts: thread }),
    ...(metadata === undefined ? {} : { metadata }),
  };
  const postTo = (place: string) =>
    withSimplerBlocks(message, (blocks) =>
      client.chat.postMessage({ channel: place, ...common, ...(blocks === null ? {} : { blocks }) }),
    );
  const result = await postTo(channel).catch(async (error: unknown) => {
    const direct = slackErrorOf(error) === 'channel_not_found' ? await openDirect(client, channel) : null;
    if (direct === null) throw error;
    return postTo(direct);
  });
  return { channel: result.channel ?? channel, ts: result.ts ?? result.message?.ts ?? '' };
}

/** Slack takes a person for the conversation with them; what does not is asked to open it. */
async function openDirect(client: WebClient, person: string): Promise<string | null> {
  if (!/^[UW]/.test(person)) return null;
  return client.conversations.open({ users: person }).then(
    ({ channel }) => channel?.id ?? null,
    () => null,
  );
}

/** Posts the messages of one reply in order. @throws as `post` */
export async function postAll(
  client: WebClient,
  where: Destination,
  messages: readonly SlackMessage[],
): Promise<Posted[]> {
  const posted: Posted[] = [];
  for (const message of messages) posted.push(await post(client, where, message));
  return posted;
}

/** Removes a message of the bot; one that is gone already is fine. @throws the client's error */
export async function remove(client: WebClient, { channel, ts }: Posted): Promise<void> {
  try {
    await client.chat.delete({ channel, ts });
  } catch (error) {
    if (slackErrorOf(error) !== 'message_not_found') throw error;
  }
}

/** Posts a message, or sends it to the person where the bot may not write. @throws as `post` */
export async function postOrSend(
  client: WebClient,
  where: Destination,
  user: string,
  message: SlackMessage,
): Promise<Posted> {
  try {
    return await post(client, where, message);
  } catch (error) {
    if (isClosed(error)) return post(client, { channel: user }, message);
    throw error;
  }
}

/**
 * Edits a message in place; where Slack refuses its blocks, as `post`. Where it has to wait, it then sends the newest
 * state and no older one.
 * @param message what it says, or what tells that at the moment it is sent
 * @throws the client's error
 */
export async function edit(
  client: WebClient,
  { channel, ts }: Posted,
  message: SlackMessage | (() => SlackMessage),
): Promise<void> {
  for (let tries = 1; ; tries++) {
    const newest = typeof message === 'function' ? message() : message;
    try {
      await withSimplerBlocks(newest, (blocks) =>
        client.chat.update({ channel, ts, text: newest.text, blocks: blocks ?? [] }),
      );
      return;
    } catch (error) {
      const wait = waitAfter(error, tries);
      if (wait === null || tries === mostTries) throw error;
      await sleep(wait);
    }
  }
}

/** Milliseconds after which another try may succeed; null where none will. */
function waitAfter(error: unknown, tries: number): number | null {
  if (error instanceof WebAPIRateLimitedError) return error.retryAfter * 1000;
  const told = slackErrorOf(error);
  if (told !== rateLimited && !/^http_(5|408|425)/.test(told)) return null;
  const said = error instanceof WebAPIPlatformError ? error.data.response_metadata?.retryAfter : undefined;
  return said === undefined ? Math.min(firstWait * 2 ** (tries - 1), longestWait) : said * 1000;
}

/**
 * Edits a message in place; where it cannot be edited, posts the new state below it.
 * @returns the message that has it
 * @throws the client's error if neither can be done
 */
export async function editOrPost(
  client: WebClient,
  at: Posted,
  where: Destination,
  message: SlackMessage,
): Promise<Posted> {
  try {
    await edit(client, at, message);
    return at;
  } catch {
    return post(client, where, message);
  }
}

/** Posts a message that only one person sees. @throws the client's error */
export async function whisper(
  client: WebClient,
  { channel, thread }: Destination,
  user: string,
  message: SlackMessage,
): Promise<void> {
  const common = { channel, user, text: message.text, ...(thread === undefined ? {} : { thread_ts: thread }) };
  await withSimplerBlocks(message, (blocks) =>
    client.chat.postEphemeral({ ...common, ...(blocks === null ? {} : { blocks }) }),
  );
}

/**
 * Sends a message with its blocks; where they are refused without pictures, whose files may be gone, then with simple ones,
 * and where those are refused too without any.
 * @param send takes the blocks; null for the text alone
 * @param isRefusal whether an error means that the blocks are refused
 * @throws what `send` throws for any other reason
 */
export async function withSimplerBlocks<Result>(
  { blocks }: SlackMessage,
  send: (blocks: KnownBlock[] | null) => Promise<Result>,
  isRefusal: (error: unknown) => boolean = refusesBlocks,
): Promise<Result> {
  const withoutFiles = blocks.filter((block) => !showsFile(block));
  const fewer = withoutFiles.length < blocks.length ? [() => withoutFiles] : [];
  for (const make of [() => blocks, ...fewer, () => simpleBlocks(withoutFiles)]) {
    try {
      return await send(make());
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
  }
  return send(null);
}

/** Whether a block shows a file that Slack keeps. */
function showsFile(block: KnownBlock): boolean {
  return block.type === 'image' && 'slack_file' in block;
}

/** Whether an error means that Slack does not take the blocks. */
export function refusesBlocks(error: unknown): boolean {
  return blockErrors.has(slackErrorOf(error));
}

/** Whether an error means that the bot may not write in a conversation. */
export function isClosed(error: unknown): boolean {
  return closedErrors.has(slackErrorOf(error));
}

/** The name of Slack's error, such as `not_in_channel`; the empty text for errors of another kind. */
export function slackErrorOf(error: unknown): string {
  return error instanceof WebAPIPlatformError ? error.data.error : '';
}
