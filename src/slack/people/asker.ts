import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Person, Place } from '../../assistant/assistant.ts';
import type { Needs } from '../parts.ts';
import { settingsOf } from '../settings/settings-of.ts';
import type { Requester } from './requester.ts';

/** Milliseconds that Slack has to tell who a person is. */
const lookTime = 2000;

/** Who asks and where, as the assistant names them; permissions go by both. */
export async function askerOf(
  parts: Needs<'assistant' | 'log' | 'people'>,
  client: WebClient,
  who: Requester,
  channel: string,
): Promise<{ readonly who: Person; readonly where: Place }> {
  const guest = await isGuest(parts, client, who);
  return {
    who: { id: `slack:${who.team}:${who.user}`, team: who.team, guest },
    where: { id: `slack:${who.team}:${channel}` },
  };
}

/** Slack is asked only where it matters, and not for long. @returns null where it does not tell */
async function isGuest(
  parts: Needs<'assistant' | 'log' | 'people'>,
  client: WebClient,
  who: Requester,
): Promise<boolean | null> {
  if ((await settingsOf(parts, who.team)).guestsMayRunDemos) return false;
  const told = await Promise.race([parts.people.look(client, who), sleep(lookTime, null, { ref: false })]);
  return told?.guest ?? null;
}
