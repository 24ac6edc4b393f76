import { App, type Logger as BoltLogger, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Route } from '../web/health-server.ts';
import { measureFetch } from './measured-fetch.ts';
import type { SlackParts } from './slack-surface.ts';

/** A call that Slack leaves unanswered is given up after this many milliseconds, and tried again a few times. */
const callTimeout = 15_000;
const retryConfig = { retries: 4, factor: 2, minTimeout: 500, maxTimeout: 10_000, randomize: true } as const;

/** The Bolt app, and whether Slack can reach it: over HTTP it always can, as far as this program can tell. */
export interface SlackApp {
  readonly app: App;
  readonly connected: () => boolean;
}

/** Makes the Bolt app, for Socket Mode or for signed requests over HTTP. */
export function createBoltApp(parts: SlackParts): SlackApp {
  const { app, connected } = makeApp(parts);
  app.use(async ({ body, next }) => {
    const stop = parts.metrics.requestSeconds.startTimer({ surface: 'slack', kind: kindOf(body) });
    try {
      await next();
    } finally {
      stop();
    }
  });
  return { app, connected };
}

/** What kind of request it is, from a closed list, so that no label is of Slack's making. */
function kindOf(body: object): string {
  if ('event' in body) return 'event';
  if ('command' in body) return 'command';
  if ('actions' in body) return 'action';
  return 'view' in body ? 'view' : 'other';
}

function makeApp({ config, log, routes, metrics }: SlackParts): SlackApp {
  const logger = toBoltLogger(log);
  const clientOptions = {
    retryConfig,
    timeout: callTimeout,
    fetch: measureFetch(metrics, globalThis.fetch),
    ...(config.apiUrl === null ? {} : { slackApiUrl: withSlash(config.apiUrl) }),
  };
  if (config.mode === 'socket') {
    const receiver = new SocketModeReceiver({
      appToken: config.appToken,
      logger,
      installerOptions: { clientOptions },
    });
    let connected = false;
    receiver.client.on('connected', () => {
      connected = true;
    });
    for (const lost of ['disconnected', 'reconnecting']) {
      receiver.client.on(lost, () => {
        connected = false;
      });
    }
    const app = new App({
      token: config.botToken,
      receiver,
      socketMode: true,
      clientOptions,
      logger,
      deferInitialization: true,
    });
    return { app, connected: () => connected };
  }
  const receiver = new HTTPReceiver({
    signingSecret: config.signingSecret,
    logger,
    customRoutes: routes.map(toCustomRoute),
  });
  const app = new App({ token: config.botToken, receiver, clientOptions, logger, deferInitialization: true });
  return { app, connected: () => true };
}

/** The client joins a method's name to the address, so it must end in a slash. */
function withSlash(address: string): string {
  return address.endsWith('/') ? address : `${address}/`;
}

function toCustomRoute({ path, method, handle }: Route) {
  return {
    path,
    method,
    handler(_: unknown, response: import('node:http').ServerResponse) {
      handle().then(
        ({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body),
        () => response.writeHead(500).end(),
      );
    },
  };
}

/** Bolt's own messages, which may hold what people wrote, go to the debug level; its warnings keep theirs. */
function toBoltLogger(log: Logger): BoltLogger {
  const words = (parts: readonly unknown[]) =>
    parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
  return {
    debug: () => undefined,
    info: (...parts) => log.debug(words(parts)),
    warn: (...parts) => log.warn(words(parts)),
    error: (...parts) => log.error(words(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}
