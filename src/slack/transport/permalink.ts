import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';

/** Milliseconds that Slack has to tell an address: without it a message only lacks a link. */
const lookTime = 2000;

/**
 * The address of a message in a channel.
 * @param ts its timestamp; anything else has no address
 * @returns null for a message in a direct conversation, which others could not open, and where Slack does not tell
 */
export async function permalinkTo(client: WebClient, channel: string, ts: string): Promise<string | null> {
  if (!/^\d+\.\d{6}$/.test(ts) || !/^[CG]/.test(channel)) return null;
  const told = client.chat.getPermalink({ channel, message_ts: ts }).catch(() => null);
  const address = await Promise.race([told, sleep(lookTime, null, { ref: false })]);
  return address?.permalink ?? null;
}
