import type { Values } from './settings/rows.ts';
import type { settings } from './settings/settings.ts';

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

type SlackValues = Values<(typeof settings)['slack']>;

/**
 * Tells from the settings how to reach Slack.
 * @param hasStoreKey whether tokens of many workspaces can be encrypted
 * @returns the way, or every problem
 */
export function slackConfig(
  values: SlackValues,
  hasStoreKey: boolean,
): SlackConfig | { readonly problems: readonly string[] } {
  const { botToken, appToken, signingSecret, clientId, clientSecret, apiUrl } = values;
  if (clientId !== null || clientSecret !== null) return manyWorkspaces(values, hasStoreKey);
  if (botToken === null) {
    if (appToken === null && signingSecret === null) return { mode: 'off' };
    const other = 'or set SLACK_CLIENT_ID for many workspaces';
    return { problems: [`SLACK_BOT_TOKEN: is missing; Slack needs it beside the other Slack settings, ${other}`] };
  }
  if (appToken !== null) return { mode: 'socket', botToken, appToken, apiUrl };
  if (signingSecret !== null) return { mode: 'http', botToken, signingSecret, apiUrl };
  const problem = 'is missing; set it for Socket Mode, or SLACK_SIGNING_SECRET for requests over HTTP';
  return { problems: [`SLACK_APP_TOKEN: ${problem}`] };
}

function manyWorkspaces(
  values: SlackValues,
  hasStoreKey: boolean,
): OAuthConfig | { readonly problems: readonly string[] } {
  const { clientId, clientSecret, stateSecret, signingSecret, botToken, appToken, apiUrl } = values;
  const missing = Object.entries({
    SLACK_CLIENT_ID: clientId,
    SLACK_CLIENT_SECRET: clientSecret,
    SLACK_STATE_SECRET: stateSecret,
    SLACK_SIGNING_SECRET: signingSecret,
    STORE_KEY: hasStoreKey || null,
  })
    .filter(([, value]) => value === null)
    .map(([name]) => `${name}: is missing; installations by OAuth need it (docs/slack.md)`);
  const stray = Object.entries({ SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken })
    .filter(([, value]) => value !== null)
    .map(([name]) => `${name}: is for one workspace; leave it out, or leave SLACK_CLIENT_ID out`);
  const problems = [...missing, ...stray];
  if (problems.length > 0 || !clientId || !clientSecret || !stateSecret || !signingSecret) return { problems };
  const publicUrl = values.publicUrl?.replace(/\/+$/, '') ?? null;
  return { mode: 'oauth', clientId, clientSecret, stateSecret, signingSecret, publicUrl, apiUrl };
}
