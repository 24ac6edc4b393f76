import { setTimeout as sleep } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Viewer } from '../../assistant/conversations.ts';
import { manifestPrompts } from '../install/read-manifest.ts';
import { findLinks } from '../open-questions/gap-message.ts';
import { openScope } from '../open-questions/open-gaps.ts';
import type { Needs } from '../parts.ts';
import type { Requester } from '../people/requester.ts';
import { isAdmin } from '../settings/is-admin.ts';
import { sendView } from '../transport/send-view.ts';
import { type HomeExtras, homeView, mostGaps } from './home-view.ts';

/** Milliseconds that Slack has to tell who looks at it. */
const lookTime = 1500;

/** Shows a person the app's home as it is now. @throws the client's error */
export async function publishHome(
  parts: Needs<'assistant' | 'log' | 'people'>,
  client: WebClient,
  who: Requester,
): Promise<void> {
  const admin = await isAdmin(parts, client, who);
  const told = await Promise.race([parts.people.look(client, who), sleep(lookTime, null, { ref: false })]);
  // A guest sees only some of the public channels.
  const viewer = { person: who.user, seesPublic: told?.guest === false };
  const view = homeView(parts.assistant, manifestPrompts(), await gatherExtras(parts, client, who.team, viewer, admin));
  await sendView(view, (shown) => client.views.publish({ user_id: who.user, view: shown }));
}

/** Without the store the home still shows the book. */
async function gatherExtras(
  { assistant, log }: Needs<'assistant' | 'log'>,
  client: WebClient,
  team: string,
  viewer: Viewer,
  admin: boolean,
): Promise<HomeExtras> {
  try {
    const gaps = admin ? await assistant.openQuestions.report(openScope(team)) : null;
    return {
      lately: await assistant.conversations.askedLately(team, viewer),
      gaps,
      links: gaps === null ? new Map() : await findLinks(client, gaps.slice(0, mostGaps)),
    };
  } catch (error) {
    log.error({ error }, 'the home lacks what the store knows');
    return { lately: [], gaps: admin ? [] : null, links: new Map() };
  }
}
