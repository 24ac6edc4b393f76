import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Needs } from '../parts.ts';
import type { Requester } from '../people/requester.ts';
import { settingsOf } from './settings-of.ts';

/** Milliseconds that Slack has to tell who a person is: a window must open within three seconds. */
const lookTime = 1500;

/**
 * Whether a person is an admin of Dockproof: named in the environment or in the team's settings, or an admin or owner
 * of the workspace. Who is named in the environment stays one whatever is set, so that nobody locks everybody out.
 */
export async function isAdmin(
  parts: Needs<'assistant' | 'log' | 'people'>,
  client: WebClient,
  who: Requester,
): Promise<boolean> {
  if (parts.assistant.settings.namesAdmin(await settingsOf(parts, who.team), who.user)) return true;
  const told = await Promise.race([parts.people.look(client, who), sleep(lookTime, null, { ref: false })]);
  return told?.workspaceAdmin ?? false;
}
