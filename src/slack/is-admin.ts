import type { WebClient } from '@slack/web-api';
import type { Requester } from './demo-runs.ts';
import { settingsOf } from './settings-of.ts';
import type { SurfaceParts } from './slack-surface.ts';

/**
 * Whether a person is an admin of Dockproof: named in the environment or in the team's settings, or an admin or owner
 * of the workspace. Who is named in the environment stays one whatever is set, so that nobody locks everybody out.
 */
export async function isAdmin(parts: SurfaceParts, client: WebClient, who: Requester): Promise<boolean> {
  const { admins } = settingsOf(parts, who.team);
  if (admins.includes(who.user) || parts.store.settings.defaults.admins.includes(who.user)) return true;
  return (await parts.people.look(client, who))?.workspaceAdmin ?? false;
}
