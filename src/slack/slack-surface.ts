import { Server } from 'node:http';
import { WebAPIHTTPError, WebAPIRequestError } from '@slack/web-api';
import type { InterruptedRun } from '../assistant/assistant.ts';
import { boundServer, serverBounds } from '../web/bounded-server.ts';
import { handleMessages } from './answers/handle-messages.ts';
import { handleShortcuts } from './answers/handle-shortcuts.ts';
import { handleCommands } from './commands/handle-commands.ts';
import { handleHome } from './home/handle-home.ts';
import { handleUninstall } from './install/handle-uninstall.ts';
import { keepPostingDigests } from './open-questions/weekly-digest.ts';
import type { SlackParts } from './parts.ts';
import { createPeople } from './people/people.ts';
import { createPolls } from './polls/polls.ts';
import { handleActions } from './presses/handle-actions.ts';
import { handleViews } from './presses/handle-views.ts';
import { createDemoRuns } from './runs/demo-runs.ts';
import { interruptedMessage } from './runs/run-message.ts';
import { createBoltApp } from './transport/bolt-app.ts';
import { handleErrors } from './transport/handle-errors.ts';
import { createLine } from './transport/one-by-one.ts';
import { edit, slackErrorOf } from './transport/post.ts';

/** Slack, as the program starts and stops it. */
export interface SlackSurface {
  /** Whether Slack can reach the bot at the moment. */
  connected(): boolean;
  /** @throws SlackRefused if Slack cannot be reached or does not take the tokens */
  start(): Promise<void>;
  /** Says in the messages of runs that broke off that they did. A message that cannot be edited is left as it is. */
  tellInterrupted(runs: readonly InterruptedRun[]): Promise<void>;
  stop(): Promise<void>;
}

/** Thrown where Slack cannot be reached or does not take the tokens; says which, and what to do about it. */
export class SlackRefused extends Error {
  override readonly name = 'SlackRefused';
  readonly code = 'slack-refused';
}

/** Makes the Slack surface. Nothing is sent before `start`. */
export function createSlackSurface(given: SlackParts): SlackSurface {
  const { config, http, log } = given;
  const parts = { ...given, people: createPeople(log), ownTurn: createLine() };
  const { app, connected, workspaces, check } = createBoltApp(parts);
  const runs = createDemoRuns(parts);
  handleMessages(app, parts);
  const polls = createPolls(parts, runs);
  handleCommands(app, parts, runs, polls);
  handleActions(app, parts, runs, polls);
  handleShortcuts(app, parts);
  handleHome(app, parts);
  handleViews(app, parts);
  handleUninstall(app, parts, workspaces, runs);
  handleErrors(app, config, log);
  const ended = new AbortController();
  let endServer = () => Promise.resolve();
  return {
    connected,
    async start() {
      try {
        await check();
        await app.init();
        const server = await (config.mode === 'socket' ? app.start() : app.start({ port: http.port, host: http.host }));
        if (server instanceof Server) endServer = boundServer(server, serverBounds);
      } catch (cause) {
        throw refusal(cause);
      }
      void keepPostingDigests(parts, () => workspaces.all(), ended.signal);
    },
    async tellInterrupted(interrupted) {
      for (const { team, demo, message } of interrupted) {
        if (message === null) continue;
        try {
          const client = await workspaces.clientOfTeam(team);
          if (client !== null) await edit(client, message, interruptedMessage(demo));
        } catch (error) {
          log.warn({ error: String(error), demo: demo.id }, 'the message of a run that broke off stays as it was');
        }
      }
    },
    async stop() {
      ended.abort();
      await runs.settle();
      const stopped = app.stop();
      await endServer();
      await stopped;
    },
  };
}

const tokenErrors = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
]);

/** Answers of something that is not Slack's Web API. */
const strange = /unknown_method|unreadable_answer|http_4\d\d/;

function refusal(cause: unknown): unknown {
  const code = slackErrorOf(cause) || (cause instanceof Error ? cause.message : '');
  const known = [...tokenErrors].find((error) => code.includes(error));
  if (cause instanceof WebAPIHTTPError) {
    const message = `Slack answers with status ${cause.statusCode} and nothing else. Start again in a while; if it stays so, check SLACK_API_URL if it is set, and https://slack-status.com`;
    return new SlackRefused(message, { cause });
  }
  if (cause instanceof WebAPIRequestError) {
    const message = `Slack cannot be reached: ${cause.message}. Check this machine's way to the internet, and SLACK_API_URL if it is set`;
    return new SlackRefused(message, { cause });
  }
  const [answer] = strange.exec(code) ?? [];
  if (known === undefined && answer !== undefined) {
    const message = `What answers is not Slack's Web API (${answer}). Check SLACK_API_URL: it is the base to which a method's name is joined, and usually ends in /api/`;
    return new SlackRefused(message, { cause });
  }
  if (known === undefined) return cause;
  const message = `Slack refused the tokens (${known}). Copy SLACK_BOT_TOKEN and SLACK_APP_TOKEN anew from the app's settings; docs/slack.md shows where`;
  return new SlackRefused(message, { cause });
}
