import { z } from 'zod';

const address = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });

/** The environment's settings for Slack. */
export const slackSettings = {
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', 'must be a bot token, which starts with xoxb-').optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'must be an app-level token, which starts with xapp-').optional(),
  SLACK_SIGNING_SECRET: z.string().min(1).optional(),
  SLACK_CLIENT_ID: z.string().min(1).optional(),
  SLACK_CLIENT_SECRET: z.string().min(1).optional(),
  SLACK_STATE_SECRET: z
    .string()
    .min(16, 'must have 16 characters or more; make one with: openssl rand -base64 32')
    .optional(),
  SLACK_API_URL: address.optional(),
  PUBLIC_URL: address.optional(),
};

/** One workspace by its token. */
interface OneWorkspace {
  readonly botToken: string;
  readonly apiUrl: string | null;
}

/** How to reach Slack. `off` where nothing is set. */
export type SlackConfig =
  | { readonly mode: 'off' }
  | (OneWorkspace & { readonly mode: 'socket'; readonly appToken: string })
  | (OneWorkspace & { readonly mode: 'http'; readonly signingSecret: string })
  | OAuthConfig;

/** Many workspaces, which install the app themselves. */
export interface OAuthConfig {
  readonly mode: 'oauth';
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stateSecret: string;
  readonly signingSecret: string;
  /** Where people reach this program; null where the app's first redirect address is meant. */
  readonly publicUrl: string | null;
  readonly apiUrl: string | null;
}

type Values = z.output<z.ZodObject<typeof slackSettings>> & { readonly STORE_KEY?: unknown };

/**
 * Tells from the settings how to reach Slack.
 * @returns the way, or every problem
 */
export function slackConfig(values: Values): SlackConfig | { readonly problems: readonly string[] } {
  if (values.SLACK_CLIENT_ID !== undefined || values.SLACK_CLIENT_SECRET !== undefined) return manyWorkspaces(values);
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = values;
  const apiUrl = values.SLACK_API_URL ?? null;
  if (botToken === undefined) {
    if (appToken === undefined && signingSecret === undefined) return { mode: 'off' };
    const other = 'or set SLACK_CLIENT_ID for many workspaces';
    return { problems: [`SLACK_BOT_TOKEN: is missing; Slack needs it beside the other Slack settings, ${other}`] };
  }
  if (appToken !== undefined) return { mode: 'socket', botToken, appToken, apiUrl };
  if (signingSecret !== undefined) return { mode: 'http', botToken, signingSecret, apiUrl };
  const problem = 'is missing; set it for Socket Mode, or SLACK_SIGNING_SECRET for requests over HTTP';
  return { problems: [`SLACK_APP_TOKEN: ${problem}`] };
}

function manyWorkspaces(values: Values): OAuthConfig | { readonly problems: readonly string[] } {
  const {
    SLACK_CLIENT_ID: clientId,
    SLACK_CLIENT_SECRET: clientSecret,
    SLACK_STATE_SECRET: stateSecret,
    SLACK_SIGNING_SECRET: signingSecret,
    STORE_KEY: storeKey,
  } = values;
  const needed = { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret, SLACK_STATE_SECRET: stateSecret };
  const missing = Object.entries({ ...needed, SLACK_SIGNING_SECRET: signingSecret, STORE_KEY: storeKey })
    .filter(([, value]) => value === undefined)
    .map(([name]) => `${name}: is missing; installations by OAuth need it (docs/slack.md)`);
  const stray = (['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN'] as const)
    .filter((name) => values[name] !== undefined)
    .map((name) => `${name}: is for one workspace; leave it out, or leave SLACK_CLIENT_ID out`);
  const problems = [...missing, ...stray];
  if (problems.length > 0 || !clientId || !clientSecret || !stateSecret || !signingSecret) return { problems };
  const publicUrl = values.PUBLIC_URL?.replace(/\/+$/, '') ?? null;
  const apiUrl = values.SLACK_API_URL ?? null;
  return { mode: 'oauth', clientId, clientSecret, stateSecret, signingSecret, publicUrl, apiUrl };
}
