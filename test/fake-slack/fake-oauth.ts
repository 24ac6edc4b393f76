import { randomUUID } from 'node:crypto';

/** A workspace as Slack knows it. */
export interface FakeWorkspace {
  readonly team: string;
  readonly botUser: string;
}

/** What somebody allowed in Slack. */
interface Grant extends FakeWorkspace {
  /** Seconds for which a token lasts; without it, tokens last for ever. */
  readonly expiresIn?: number;
  /** The organisation that it is for as a whole. */
  readonly enterprise?: string;
}

/** The part of Slack that gives tokens to apps (https://docs.slack.dev/reference/methods/oauth.v2.access). */
export interface FakeOAuth {
  /** The tokens that are good. */
  readonly tokens: Map<string, FakeWorkspace>;
  /** Somebody allows the installation. @returns the code with which Slack leads back to the app */
  allow(grant: Grant): string;
  /** How often a token was renewed. */
  readonly renewals: number;
  access(fields: Readonly<Record<string, string>>): Readonly<Record<string, unknown>>;
}

/** The app as Slack knows it. */
export const slackApp = { clientId: '111.222', clientSecret: 'client-secret' } as const;

/** Makes it. Codes and refresh tokens are good for one use, as Slack's are. */
export function createFakeOAuth(): FakeOAuth {
  const tokens = new Map<string, FakeWorkspace>();
  const codes = new Map<string, Grant>();
  const refreshTokens = new Map<string, Grant>();
  let renewals = 0;

  function give(grant: Grant): Readonly<Record<string, unknown>> {
    const { team, botUser, expiresIn } = grant;
    const token = `xoxb-${team}-${randomUUID()}`;
    tokens.set(token, { team, botUser });
    const common = { ok: true, access_token: token, token_type: 'bot', scope: 'chat:write,commands' };
    const named = { bot_user_id: botUser, app_id: 'A1' };
    if (expiresIn === undefined) return { ...common, ...named };
    const refreshToken = `xoxe-1-${randomUUID()}`;
    refreshTokens.set(refreshToken, grant);
    return { ...common, ...named, refresh_token: refreshToken, expires_in: expiresIn };
  }

  function takeOnce(from: Map<string, Grant>, key: string | undefined): Grant | null {
    const grant = from.get(key ?? '') ?? null;
    from.delete(key ?? '');
    return grant;
  }

  return {
    tokens,
    allow(grant) {
      const code = randomUUID();
      codes.set(code, grant);
      return code;
    },
    get renewals() {
      return renewals;
    },
    access(fields) {
      if (fields.client_id !== slackApp.clientId || fields.client_secret !== slackApp.clientSecret)
        return { ok: false, error: 'bad_client_secret' };
      if (fields.grant_type === 'refresh_token') {
        const grant = takeOnce(refreshTokens, fields.refresh_token);
        if (grant === null) return { ok: false, error: 'invalid_refresh_token' };
        renewals++;
        return give({ ...grant, expiresIn: 43_200 });
      }
      const grant = takeOnce(codes, fields.code);
      if (grant === null) return { ok: false, error: 'invalid_code' };
      const { team, enterprise } = grant;
      return {
        ...give(grant),
        team: enterprise === undefined ? { id: team, name: `Workspace ${team}` } : null,
        enterprise: enterprise === undefined ? null : { id: enterprise, name: `Organisation ${enterprise}` },
        is_enterprise_install: enterprise !== undefined,
        authed_user: { id: 'U1' },
      };
    },
  };
}
