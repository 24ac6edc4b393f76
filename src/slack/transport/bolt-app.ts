import type { ServerResponse } from 'node:http';
import { App, type AppOptions, type Logger as BoltLogger, HTTPReceiver, SocketModeReceiver } from '@slack/bolt';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import type { OAuthConfig, SlackConfig } from '../../slack-config.ts';
import type { Route } from '../../web/health-server.ts';
import { createInstallationStore } from '../install/installation-store.ts';
import { createInstaller } from '../install/installer.ts';
import { manifestScopes } from '../install/read-manifest.ts';
import { installedWorkspaces, oneWorkspace, type Workspaces } from '../install/workspaces.ts';
import type { SlackParts } from '../parts.ts';
import { toBoltLogger } from './bolt-logger.ts';
import { completePayload, isPayload } from './complete-payload.ts';
import { guardRequests, requestBounds } from './guard-requests.ts';
import { measureFetch } from './measured-fetch.ts';
import { createSeenMessages } from './seen-messages.ts';
import { settleAnswers } from './settle-answers.ts';
import { keepConnected } from './socket-connection.ts';

type ConfigOf<Mode extends SlackConfig['mode']> = Extract<SlackConfig, { readonly mode: Mode }>;

/** Slack's Web API, where no other base is set. */
const slackItself = 'https://slack.com/api/';
/** A call that Slack leaves unanswered is given up after this many milliseconds, and made again. */
const callTimeout = 15_000;
/** Answers and edits outlast a Slack that is away for half a minute. */
const retryConfig = { retries: 7, factor: 2, minTimeout: 500, maxTimeout: 10_000, randomize: true } as const;
/** What an answer would wait for is given up after this many milliseconds. */
const hastyTimeout = 1500;
/** At the start somebody waits for a word, and a lost connection is taken up again by what keeps it. */
const connectRetryConfig = { ...retryConfig, retries: 4 } as const;

/** The Bolt app with the ways to the workspaces that it is in. */
export interface SlackApp {
  readonly app: App;
  /** Whether Slack can reach it: over HTTP it always can, as far as this program can tell. */
  readonly connected: () => boolean;
  readonly workspaces: Workspaces;
  /**
   * A client with the token of another for what nobody should wait for: it asks once, gives up soon, and at once where
   * Slack asks it to wait.
   */
  readonly hasty: (client: WebClient) => WebClient;
  /**
   * Asks Slack whether it takes the token that is set.
   * @returns the token's workspace; null where there are many, or Slack does not tell
   * @throws the client's error
   */
  readonly check: () => Promise<string | null>;
}

/** Makes the Bolt app: for Socket Mode, or for signed requests over HTTP, of one workspace or of many. */
export function createBoltApp(parts: SlackParts): SlackApp {
  const made = makeApp(parts);
  let team: string | null = null;
  const requests = createSeenMessages(parts.kept.seenEvents, parts.log);
  const processEvent = made.app.processEvent.bind(made.app);
  made.app.processEvent = async (event) => {
    // Whatever holds no object is nothing that Slack sends.
    if (!isPayload(event.body)) return parts.log.warn('a request that holds nothing was left out');
    // Messages are told apart by themselves. Of all else Slack signs each request anew, so the same signature is a copy.
    const { signature } = event.customProperties ?? {};
    const copied = typeof signature === 'string' && !('event' in event.body);
    if (copied && !(await requests.take('', 'request', signature))) return event.ack();
    await processEvent({ ...event, body: { ...completePayload(event.body, team) } });
  };
  made.app.use(async ({ body, context, next }) => {
    const stop = parts.metrics.requestSeconds.startTimer({ surface: 'slack', kind: kindOf(body) });
    if (context.retryNum !== undefined) parts.metrics.slackRedeliveries.inc();
    try {
      await next();
    } finally {
      stop();
    }
  });
  return {
    ...made,
    async check() {
      team = await made.check();
      return team;
    },
  };
}

/** What kind of request it is, from a closed list, so that no label is of Slack's making. */
function kindOf(body: object): string {
  if ('event' in body) return 'event';
  if ('command' in body) return 'command';
  if ('actions' in body) return 'action';
  return 'view' in body ? 'view' : 'other';
}

function makeApp(parts: SlackParts): SlackApp {
  const { config, log, metrics } = parts;
  const slackApiUrl = withSlash(config.apiUrl ?? slackItself);
  const fetch = settleAnswers(measureFetch(metrics, globalThis.fetch, slackApiUrl), slackApiUrl);
  const common: CommonOptions = {
    clientOptions: { retryConfig, timeout: callTimeout, fetch, slackApiUrl },
    logger: toBoltLogger(log),
    deferInitialization: true,
    extendedErrorHandler: true,
  };
  return { ...makeAppFor(config, parts, common), hasty: hastyClients(common.clientOptions) };
}

function makeAppFor(config: SlackParts['config'], parts: SlackParts, common: CommonOptions): MadeApp {
  switch (config.mode) {
    case 'socket':
      return socketApp(config, parts, common);
    case 'http':
      return httpApp(config, parts, common);
    case 'oauth':
      return oauthApp(config, parts, common);
  }
}

function hastyClients(options: WebClientOptions): SlackApp['hasty'] {
  const hurry = { retryConfig: { retries: 0 }, timeout: hastyTimeout, rejectRateLimitedCalls: true };
  return ({ token }) => new WebClient(token, { ...options, ...hurry });
}

type MadeApp = Omit<SlackApp, 'hasty'>;
type CommonOptions = Pick<AppOptions, 'deferInitialization' | 'extendedErrorHandler'> & {
  readonly clientOptions: WebClientOptions;
  readonly logger: BoltLogger;
};

function socketApp({ botToken, appToken }: ConfigOf<'socket'>, { log }: SlackParts, common: CommonOptions): MadeApp {
  const { clientOptions, logger } = common;
  const installerOptions = { clientOptions: { ...clientOptions, retryConfig: connectRetryConfig } };
  const receiver = new SocketModeReceiver({ appToken, logger, installerOptions, autoReconnectEnabled: false });
  const { connected } = keepConnected(receiver.client, log);
  const app = new App({ ...common, token: botToken, receiver, socketMode: true });
  return { app, connected, workspaces: oneWorkspace(app), check: () => checkToken(botToken, clientOptions) };
}

function httpApp(
  { botToken, signingSecret }: ConfigOf<'http'>,
  { routes }: SlackParts,
  common: CommonOptions,
): MadeApp {
  const { clientOptions, logger } = common;
  const receiver = httpReceiver({ signingSecret, logger, customRoutes: routes.map(toCustomRoute) });
  const app = new App({ ...common, token: botToken, receiver });
  const check = () => checkToken(botToken, clientOptions);
  return { app, connected: () => true, workspaces: oneWorkspace(app), check };
}

function oauthApp(config: OAuthConfig, { routes, kept }: SlackParts, common: CommonOptions): MadeApp {
  const { clientOptions, logger } = common;
  const installations = createInstallationStore(kept.installations);
  const { seenEvents } = kept;
  const scopes = manifestScopes();
  const installer = createInstaller({ config, installations, seenEvents, scopes, clientOptions, logger });
  const customRoutes = [...routes.map(toCustomRoute), ...installer.routes];
  const receiver = httpReceiver({ signingSecret: config.signingSecret, logger, customRoutes });
  const { authorize } = installer;
  const app = new App({ ...common, authorize, receiver });
  const workspaces = installedWorkspaces(installations, authorize, clientOptions);
  return { app, connected: () => true, workspaces, check: () => Promise.resolve(null) };
}

function httpReceiver(options: ConstructorParameters<typeof HTTPReceiver>[0]): HTTPReceiver {
  const receiver = new HTTPReceiver({
    ...options,
    bodyLimit: requestBounds.body,
    customPropertiesExtractor: ({ headers }) => ({ signature: headers['x-slack-signature'] }),
  });
  receiver.requestListener = guardRequests(receiver.requestListener);
  return receiver;
}

async function checkToken(token: string, clientOptions: WebClientOptions): Promise<string | null> {
  const { team_id: team } = await new WebClient(token, {
    ...clientOptions,
    retryConfig: connectRetryConfig,
  }).auth.test();
  return team ?? null;
}

/** The client joins a method's name to the address, so it must end in a slash. */
function withSlash(address: string): string {
  return address.endsWith('/') ? address : `${address}/`;
}

function toCustomRoute({ path, method, handle }: Route) {
  return {
    path,
    method,
    handler(_: unknown, response: ServerResponse) {
      handle().then(
        ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body),
        () => response.writeHead(500).end(),
      );
    },
  };
}
