import type { App, Authorize } from '@slack/bolt';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { SlackInstallations } from './installation-store.ts';

/** Which installation is meant. */
export interface InstalledIn {
  readonly teamId?: string | undefined;
  readonly enterpriseId?: string | undefined;
  readonly isEnterpriseInstall: boolean;
}

/** A workspace that the app is in, and the way to it. */
export interface Workspace {
  readonly team: string;
  readonly client: WebClient;
}

/** The workspaces that the app is in. */
export interface Workspaces {
  /** Those that can be reached at the moment. @throws the client's error, or StoreUnavailable */
  all(): Promise<readonly Workspace[]>;
  /** A client with the workspace's own token; null where the app is not installed. @throws the client's error */
  clientOf(installed: InstalledIn): Promise<WebClient | null>;
  /** A client for a workspace of which only the id is known; null as above. */
  clientOfTeam(team: string): Promise<WebClient | null>;
  /** The workspaces that an installation serves: of an organisation, those in which it was used. */
  teamsOf(installed: InstalledIn): Promise<readonly string[]>;
  /** Forgets an installation and its token. */
  remove(installed: InstalledIn): Promise<void>;
  /** Forgets that an organisation's installation was used in one of its workspaces. */
  forgetTeam(installed: InstalledIn): Promise<void>;
}

/** The one workspace whose token is in the settings. */
export function oneWorkspace(app: App): Workspaces {
  return {
    async all() {
      const { team_id: team } = await app.client.auth.test();
      return team === undefined ? [] : [{ team, client: app.client }];
    },
    clientOf: async () => app.client,
    clientOfTeam: async () => app.client,
    teamsOf: async ({ teamId }) => (teamId === undefined ? [] : [teamId]),
    remove: async () => undefined,
    forgetTeam: async () => undefined,
  };
}

/** The workspaces that installed the app by OAuth. */
export function installedWorkspaces(
  installations: SlackInstallations,
  authorize: Authorize<boolean>,
  clientOptions: WebClientOptions,
): Workspaces {
  async function clientOf({ teamId, enterpriseId, isEnterpriseInstall }: InstalledIn): Promise<WebClient | null> {
    const query = { teamId, enterpriseId, isEnterpriseInstall };
    if (!(await installations.has(query))) return null;
    const { botToken } = await authorize(query);
    return botToken === undefined ? null : new WebClient(botToken, clientOptions);
  }
  const clientOfTeam = async (team: string) => clientOf(await installations.queryOf(team));
  return {
    async all() {
      const found = await Promise.allSettled(
        (await installations.teams()).map(async (team) => ({ team, client: await clientOfTeam(team) })),
      );
      return found.flatMap((each) => {
        if (each.status === 'rejected' || each.value.client === null) return [];
        return [{ team: each.value.team, client: each.value.client }];
      });
    },
    clientOf,
    clientOfTeam,
    async teamsOf({ teamId, enterpriseId, isEnterpriseInstall }) {
      if (isEnterpriseInstall && enterpriseId !== undefined) return installations.workspacesOf(enterpriseId);
      return teamId === undefined ? [] : [teamId];
    },
    remove: ({ teamId, enterpriseId, isEnterpriseInstall }) =>
      installations.remove({ teamId, enterpriseId, isEnterpriseInstall }),
    async forgetTeam({ teamId, enterpriseId }) {
      if (teamId !== undefined && enterpriseId !== undefined) await installations.forgetWorkspace(enterpriseId, teamId);
    },
  };
}
