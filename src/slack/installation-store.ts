import type { Installation, InstallationQuery, InstallationStore } from '@slack/oauth';
import { z } from 'zod';
import type { InstallationKey, Installations } from '../store/installations.ts';

const named = z.object({ id: z.string(), name: z.string().exactOptional() });
/** What is kept of an installation: the bot's token. The token of whoever installed the app is not needed. */
const keptSchema = z.object({
  team: named.optional(),
  enterprise: named.optional(),
  user: z.object({ id: z.string() }),
  bot: z.object({
    token: z.string(),
    refreshToken: z.string().exactOptional(),
    expiresAt: z.number().exactOptional(),
    scopes: z.array(z.string()),
    id: z.string(),
    userId: z.string(),
  }),
  appId: z.string().exactOptional(),
  enterpriseUrl: z.string().exactOptional(),
  isEnterpriseInstall: z.boolean().default(false),
  /** Of an organisation, the workspaces in which the app was used. */
  workspaces: z.array(z.string()).default([]),
});
/** What is kept for a workspace whose whole organisation installed the app. */
const pointerSchema = z.object({ organisation: z.string() });

type Kept = z.output<typeof keptSchema>;

/** Installations as Slack's OAuth library uses them, with what else this app asks of them. */
export interface SlackInstallations extends InstallationStore {
  has(query: InstallationQuery<boolean>): boolean;
  /** Forgets an installation and its token. */
  remove(query: InstallationQuery<boolean>): void;
  /** Notes that the app is used in a workspace whose whole organisation installed it. */
  noteWorkspace(query: InstallationQuery<boolean>): void;
  /** Forgets that the app was used in a workspace of an organisation. */
  forgetWorkspace(organisation: string, team: string): void;
  /** The workspaces that the app is installed in, or was used in. */
  teams(): readonly string[];
  /** The workspaces in which an organisation's installation was used. */
  workspacesOf(organisation: string): readonly string[];
  /** How the installation of a workspace is looked up. */
  queryOf(team: string): InstallationQuery<boolean>;
}

/** Thrown where a workspace has not installed the app; says what to do. */
export class NotInstalled extends Error {
  override readonly name = 'NotInstalled';
  readonly code = 'not-installed';
}

/**
 * Keeps installations encrypted in the store: of workspaces, and of whole organisations. Each throws StoreUnavailable,
 * and StoreKeyError for what cannot be decrypted.
 */
export function createInstallationStore(installations: Installations): SlackInstallations {
  const organisationKey = (id: string): InstallationKey => ({ kind: 'enterprise', id });
  const teamKey = (id: string): InstallationKey => ({ kind: 'team', id });
  const read = (key: InstallationKey): Kept | null => keptSchema.nullable().parse(installations.get(key));

  function find({ teamId, enterpriseId, isEnterpriseInstall }: InstallationQuery<boolean>): Kept | null {
    if (isEnterpriseInstall && enterpriseId !== undefined) return read(organisationKey(enterpriseId));
    const own = teamId === undefined ? null : installations.get(teamKey(teamId));
    const pointer = pointerSchema.safeParse(own);
    if (pointer.success) return read(organisationKey(pointer.data.organisation));
    if (own !== null) return keptSchema.parse(own);
    return enterpriseId === undefined ? null : read(organisationKey(enterpriseId));
  }

  return {
    async storeInstallation(installation) {
      const kept = keptSchema.parse(installation);
      const { team, enterprise } = kept;
      if (!kept.isEnterpriseInstall && team !== undefined) return installations.put(teamKey(team.id), kept);
      if (enterprise === undefined) throw new Error('Slack named no workspace and no organisation');
      const { workspaces = [] } = read(organisationKey(enterprise.id)) ?? {};
      installations.put(organisationKey(enterprise.id), { ...kept, workspaces });
    },
    async fetchInstallation(query) {
      const kept = find(query);
      if (kept === null) throw new NotInstalled('The app is not installed in this workspace');
      return toInstallation(kept);
    },
    has: (query) => find(query) !== null,
    remove({ teamId, enterpriseId, isEnterpriseInstall }) {
      if (isEnterpriseInstall && enterpriseId !== undefined) installations.remove(organisationKey(enterpriseId));
      else if (teamId !== undefined) installations.remove(teamKey(teamId));
    },
    noteWorkspace({ teamId, enterpriseId, isEnterpriseInstall }) {
      if (!isEnterpriseInstall || teamId === undefined || enterpriseId === undefined) return;
      const kept = read(organisationKey(enterpriseId));
      if (kept === null || kept.workspaces.includes(teamId)) return;
      installations.put(organisationKey(enterpriseId), { ...kept, workspaces: [...kept.workspaces, teamId] });
      installations.put(teamKey(teamId), { organisation: enterpriseId } satisfies z.output<typeof pointerSchema>);
    },
    forgetWorkspace(organisation, team) {
      const kept = read(organisationKey(organisation));
      if (kept === null) return;
      const workspaces = kept.workspaces.filter((other) => other !== team);
      installations.put(organisationKey(organisation), { ...kept, workspaces });
    },
    teams: () => installations.teams(),
    workspacesOf: (organisation) => read(organisationKey(organisation))?.workspaces ?? [],
    queryOf(team) {
      const pointer = pointerSchema.safeParse(installations.get(teamKey(team)));
      if (!pointer.success) return { teamId: team, enterpriseId: undefined, isEnterpriseInstall: false };
      return { teamId: team, enterpriseId: pointer.data.organisation, isEnterpriseInstall: true };
    },
  };
}

function toInstallation({ team, enterprise, user, workspaces: _, ...kept }: Kept): Installation<'v2', boolean> {
  return { ...kept, team, enterprise, user: { id: user.id, token: undefined, scopes: undefined }, authVersion: 'v2' };
}
