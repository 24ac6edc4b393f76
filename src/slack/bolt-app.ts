import { App, type Logger as BoltLogger, HTTPReceiver, LogLevel } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Route } from '../web/health-server.ts';
import type { SlackParts } from './slack-surface.ts';

/** A call that Slack leaves unanswered is given up after this many milliseconds, and tried again a few times. */
const callTimeout = 15_000;
const retryConfig = { retries: 4, factor: 2, minTimeout: 500, maxTimeout: 10_000, randomize: true } as const;

/** Makes the Bolt app, for Socket Mode or for signed requests over HTTP. */
export function createBoltApp({ config, log, routes }: SlackParts): App {
  const logger = toBoltLogger(log);
  const clientOptions = {
    retryConfig,
    timeout: callTimeout,
    ...(config.apiUrl === null ? {} : { slackApiUrl: withSlash(config.apiUrl) }),
  };
  if (config.mode === 'socket') {
    return new App({
      token: config.botToken,
      appToken: config.appToken,
      socketMode: true,
      clientOptions,
      logger,
      deferInitialization: true,
    });
  }
  const receiver = new HTTPReceiver({
    signingSecret: config.signingSecret,
    logger,
    customRoutes: routes.map(toCustomRoute),
  });
  return new App({ token: config.botToken, receiver, clientOptions, logger, deferInitialization: true });
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
