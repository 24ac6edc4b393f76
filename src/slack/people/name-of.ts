import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Needs } from '../parts.ts';
import type { Requester } from './requester.ts';

/** Milliseconds that Slack has to tell what somebody is called. */
const lookTime = 1500;

/**
 * What a person is called, to be shown as literal text: a name pings nobody, where a mention would.
 * @returns null where Slack does not tell, or not soon
 */
export async function nameOf({ people }: Needs<'people'>, client: WebClient, who: Requester): Promise<string | null> {
  const told = await Promise.race([people.look(client, who), sleep(lookTime, null, { ref: false })]);
  return told?.name ?? null;
}
