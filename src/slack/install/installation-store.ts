import type { Installation, InstallationQuery, InstallationStore } from '@slack/oauth';
import { z } from 'zod';
import type { InstallationKey, KeptInstallations } from './kept.ts';

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
  has(query: InstallationQuery<boolean>): Promise<boolean>;
  /** Forgets an installation and its token. */
  remove(query: InstallationQuery<boolean>): Promise<void>;
  /** Notes that the app is used in a workspace whose whole organisation installed it. */
  noteWorkspace(query: InstallationQuery<boolean>): Promise<void>;
  /** Forgets that the app was used in a workspace of an organisation. */
  forgetWorkspace(organisation: string, team: string): Promise<void>;
  /** The workspaces that the app is installed in, or was used in. */
  teams(): Promise<readonly string[]>;
  /** The workspaces in which an organisation's installation was used. */
  workspacesOf(organisation: string): Promise<readonly string[]>;
  /** How the installation of a workspace is looked up. */
  queryOf(team: string): Promise<InstallationQuery<boolean>>;
}

/** Thrown where a workspace has not installed the app; says what to do. */
export class NotInstalled extends Error {
  override readonly name = 'NotInstalled';
  readonly code = 'not-installed';
}

const organisationKey = (id: string): InstallationKey => ({ kind: 'enterprise', id });
const teamKey = (id: string): InstallationKey => ({ kind: 'team', id });
const parse = (kept: unknown): Kept | null => keptSchema.nullable().parse(kept);

/**
 * Keeps installations encrypted in the store: of workspaces, and of whole organisations. Each throws StoreUnavailable,
 * and StoreKeyError for what cannot be decrypted.
 */
export function createInstallationStore(installations: KeptInstallations): SlackInstallations {
  const read = async (key: InstallationKey): Promise<Kept | null> => parse(await installations.get(key));

  async function find(query: InstallationQuery<boolean>): Promise<Kept | null> {
    const { teamId, enterpriseId, isEnterpriseInstall } = query;
    if (isEnterpriseInstall && enterpriseId !== undefined) return read(organisationKey(enterpriseId));
    const own = teamId === undefined ? null : await installations.get(teamKey(teamId));
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
      await installations.change(organisationKey(enterprise.id), (before) => {
        const { workspaces = [] } = parse(before) ?? {};
        return { ...kept, workspaces };
      });
    },
    async fetchInstallation(query) {
      const kept = await find(query);
      if (kept === null)
        throw new NotInstalled('The app is not installed in this workspace. Install it there (docs/slack.md)');
      return toInstallation(kept);
    },
    has: async (query) => (await find(query)) !== null,
    async remove({ teamId, enterpriseId, isEnterpriseInstall }) {
      if (isEnterpriseInstall && enterpriseId !== undefined) await installations.remove(organisationKey(enterpriseId));
      else if (teamId !== undefined) await installations.remove(teamKey(teamId));
    },
    async noteWorkspace({ teamId, enterpriseId, isEnterpriseInstall }) {
      if (!isEnterpriseInstall || teamId === undefined || enterpriseId === undefined) return;
      const known = await read(organisationKey(enterpriseId));
      if (known === null || known.workspaces.includes(teamId)) return;
      const pointer = { organisation: enterpriseId } satisfies z.output<typeof pointerSchema>;
      await installations.put(teamKey(teamId), pointer);
      await installations.change(organisationKey(enterpriseId), (before) => {
        const kept = parse(before);
        if (kept === null || kept.workspaces.includes(teamId)) return null;
        return { ...kept, workspaces: [...kept.workspaces, teamId] };
      });
    },
    forgetWorkspace: (organisation, team) =>
      installations.change(organisationKey(organisation), (before) => withoutWorkspace(parse(before), team)),
    teams: () => installations.teams(),
    workspacesOf: async (organisation) => (await read(organisationKey(organisation)))?.workspaces ?? [],
    async queryOf(team) {
      const pointer = pointerSchema.safeParse(await installations.get(teamKey(team)));
      if (!pointer.success) return { teamId: team, enterpriseId: undefined, isEnterpriseInstall: false };
      return { teamId: team, enterpriseId: pointer.data.organisation, isEnterpriseInstall: true };
    },
  };
}

function withoutWorkspace(kept: Kept | null, team: string): Kept | null {
  return kept && { ...kept, workspaces: kept.workspaces.filter((other) => other !== team) };
}

function toInstallation({ team, enterprise, user, workspaces: _, ...kept }: Kept): Installation<'v2', boolean> {
  return { ...kept, team, enterprise, user: { id: user.id, token: undefined, scopes: undefined }, authVersion: 'v2' };
}
