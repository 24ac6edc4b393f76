import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authorize, AuthorizeResult, Logger as BoltLogger } from '@slack/bolt';
import { InstallProvider } from '@slack/oauth';
import type { WebClientOptions } from '@slack/web-api';
import type { OAuthConfig } from '../../slack-config.ts';
import { type InstallOutcome, installed, notInstalled } from './install-outcome.ts';
import { beginPage, pageHeaders, renderPage } from './install-pages.ts';
import type { SlackInstallations } from './installation-store.ts';
import type { TakenRequests } from './kept.ts';
import { createStateStore } from './state-store.ts';

/** Where an installation begins, and where Slack leads back to. */
export const installPaths = { begin: '/slack/install', end: '/slack/oauth_redirect' } as const;

/** What the installer is made of. */
export interface InstallerParts {
  readonly config: OAuthConfig;
  readonly installations: SlackInstallations;
  readonly seenEvents: TakenRequests;
  /** The scopes that an installation asks for. */
  readonly scopes: readonly string[];
  readonly clientOptions: WebClientOptions;
  readonly logger: BoltLogger;
}

/** Lets workspaces install the app, and gives each request the token of its workspace. */
export interface Installer {
  readonly authorize: Authorize<boolean>;
  readonly routes: readonly InstallRoute[];
}

/** An address of the installation, as Bolt's receivers take it. */
export interface InstallRoute {
  readonly path: string;
  readonly method: string;
  readonly handler: (request: IncomingMessage, response: ServerResponse) => void;
}

/** Makes the installer. */
export function createInstaller(parts: InstallerParts): Installer {
  const { config, installations, seenEvents, clientOptions, logger } = parts;
  const options = {
    scopes: [...parts.scopes],
    ...(config.publicUrl === null ? {} : { redirectUri: `${config.publicUrl}${installPaths.end}` }),
  };
  const provider = new InstallProvider({
    clientId: config.clientId,
    clientSecret: config.clientSecret,
    stateStore: createStateStore(config.stateSecret, options, seenEvents),
    installationStore: installations,
    renderHtmlForInstallPath: (address) => renderPage(beginPage(address)),
    clientOptions,
    logger,
    ...(config.apiUrl === null ? {} : { authorizationUrl: new URL('/oauth/v2/authorize', config.apiUrl).href }),
  });
  const begin = (request: IncomingMessage, response: ServerResponse) => {
    const withHeaders = async () => {
      for (const [name, value] of Object.entries(pageHeaders)) response.setHeader(name, value);
      return true;
    };
    provider
      .handleInstallPath(request, response, { beforeRedirection: withHeaders }, options)
      .catch((error: Error) => show(response, notInstalled(error, installPaths.begin)));
  };
  const end = (request: IncomingMessage, response: ServerResponse) => {
    provider
      .handleCallback(request, response, {
        success: (installation) => show(response, installed(installation)),
        failure: (error) => show(response, notInstalled(error, installPaths.begin)),
      })
      .catch((error: Error) => show(response, notInstalled(error, installPaths.begin)));
  };
  return {
    authorize: oneAtATime(provider, installations),
    routes: [
      { path: installPaths.begin, method: 'GET', handler: begin },
      { path: installPaths.end, method: 'GET', handler: end },
    ],
  };
}

function show(response: ServerResponse, { status, page }: InstallOutcome): void {
  if (response.headersSent) return;
  response.writeHead(status, pageHeaders).end(renderPage(page));
}

/** Requests of an installation that come at once share one answer: a refresh token renews a token only once. */
function oneAtATime(provider: InstallProvider, installations: SlackInstallations): Authorize<boolean> {
  const underWay = new Map<string, Promise<AuthorizeResult>>();
  return async (source) => {
    const { teamId, enterpriseId, isEnterpriseInstall } = source;
    const key = isEnterpriseInstall ? `organisation ${enterpriseId}` : `workspace ${teamId} of ${enterpriseId}`;
    const shared = underWay.get(key) ?? provider.authorize(source).finally(() => underWay.delete(key));
    underWay.set(key, shared);
    // A copy for each, since Bolt adds to it; of an organisation, each workspace is one for itself.
    const [result] = await Promise.all([shared, installations.noteWorkspace(source)]);
    return { ...result, ...(teamId === undefined ? {} : { teamId }) };
  };
}
