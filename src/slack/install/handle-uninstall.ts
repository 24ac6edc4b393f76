import type { App } from '@slack/bolt';
import type { Needs } from '../parts.ts';
import type { DemoRuns } from '../runs/demo-runs.ts';
import { slackErrorOf } from '../transport/post.ts';
import type { InstalledIn, Workspaces } from './workspaces.ts';

/** Slack's answers that mean: this token is good for nothing any more. */
const dead = new Set(['account_inactive', 'invalid_auth', 'token_revoked', 'token_expired', 'not_authed']);

/**
 * Deletes everything of a workspace once the app is uninstalled there, or its token revoked. The two events come in any
 * order, and a revocation may be of an older token of a workspace that has installed the app anew: so that one counts
 * only if Slack does not take the token that is kept.
 */
export function handleUninstall(
  app: App,
  { assistant, log, recent }: Needs<'assistant' | 'log' | 'recent'>,
  workspaces: Workspaces,
  runs: DemoRuns,
): void {
  async function deleteTeam(team: string): Promise<void> {
    runs.stopTeam(team);
    recent.forgetTeam(team);
    const removed = await assistant.forgetTeam(team);
    log.info({ team, removed }, 'the app was uninstalled: everything of this workspace is deleted');
  }

  async function forget(installed: InstalledIn): Promise<void> {
    for (const team of await workspaces.teamsOf(installed)) await deleteTeam(team);
    await workspaces.remove(installed);
  }

  async function isDead(installed: InstalledIn): Promise<boolean> {
    try {
      const client = await workspaces.clientOf(installed);
      await client?.auth.test();
      return client === null;
    } catch (error) {
      if (dead.has(slackErrorOf(error))) return true;
      log.warn({ error }, 'a token is said to be revoked, and Slack does not tell whether it is');
      return false;
    }
  }

  app.event('app_uninstalled', async ({ context }) => {
    const { teamId, isEnterpriseInstall } = context;
    // Where an organisation's token still works, only one of its workspaces has removed the app.
    if (!isEnterpriseInstall || teamId === undefined || (await isDead(context))) return forget(context);
    await deleteTeam(teamId);
    await workspaces.forgetTeam(context);
  });
  app.event('tokens_revoked', async ({ event, context }) => {
    if ((event.tokens.bot ?? []).length > 0 && (await isDead(context))) await forget(context);
  });
}
