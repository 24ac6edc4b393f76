import type { WebClient } from '@slack/web-api';
import type { SlackMessage } from '../blocks/message.ts';
import type { Needs } from '../parts.ts';
import { findLinks, gapMessage } from './gap-message.ts';

/** Milliseconds for which gaps are kept, and shown. */
const gapTime = 365 * 24 * 60 * 60 * 1000;

/** What of a team's gaps is shown to admins. */
export function openScope(team: string) {
  const now = Date.now();
  return { team, since: now - gapTime, now };
}

/** What a team's book lacks, for admins. @throws StoreUnavailable */
export async function openGaps(
  { assistant }: Needs<'assistant'>,
  client: WebClient,
  team: string,
): Promise<SlackMessage> {
  const clusters = await assistant.openQuestions.report(openScope(team));
  const links = await findLinks(client, clusters);
  return gapMessage('What the book could not answer', clusters, { assistant, links, dismissible: true });
}
