import { Server } from 'node:http';
import type { InterruptedRun } from '../assistant/assistant.ts';
import { boundServer, serverBounds } from '../web/bounded-server.ts';
import { handleMessages } from './answers/handle-messages.ts';
import { handleShortcuts } from './answers/handle-shortcuts.ts';
import { createRecentTalk } from './answers/recent-talk.ts';
import { handleCommands } from './commands/handle-commands.ts';
import { handleHome } from './home/handle-home.ts';
import { handleUninstall } from './install/handle-uninstall.ts';
import { keepPostingDue } from './open-questions/rounds.ts';
import type { SlackParts } from './parts.ts';
import { createPeople } from './people/people.ts';
import { createPictureFiles } from './pictures/picture-files.ts';
import { createPolls } from './polls/polls.ts';
import { handleActions } from './presses/handle-actions.ts';
import { handleViews } from './presses/handle-views.ts';
import { createDemoRuns } from './runs/demo-runs.ts';
import { interruptedMessage } from './runs/run-message.ts';
import { createBoltApp } from './transport/bolt-app.ts';
import { handleErrors } from './transport/handle-errors.ts';
import { createLine } from './transport/one-by-one.ts';
import { edit } from './transport/post.ts';
import { createThreadReader } from './transport/read-thread.ts';
import { refusal } from './transport/refusal.ts';

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

/** Makes the Slack surface. Nothing is sent before `start`. */
export function createSlackSurface(given: SlackParts): SlackSurface {
  const { config, http, log } = given;
  const { app, connected, workspaces, check, hasty } = createBoltApp(given);
  const own = { people: createPeople(log), ownTurn: createLine(), recent: createRecentTalk() };
  const ended = new AbortController();
  const pictures = createPictureFiles({
    pictures: given.assistant.pictures,
    log,
    clientOf: (team) => workspaces.clientOfTeam(team),
    signal: ended.signal,
  });
  const parts = { ...given, ...own, pictures, threads: createThreadReader(hasty, log) };
  const runs = createDemoRuns(parts);
  const polls = createPolls(parts, runs);
  handleMessages(app, parts, runs, polls);
  handleCommands(app, parts, runs, polls);
  handleActions(app, parts, runs, polls);
  handleShortcuts(app, parts);
  handleHome(app, parts);
  handleViews(app, parts);
  handleUninstall(app, parts, workspaces, runs);
  handleErrors(app, config, log);
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
      void keepPostingDue(parts, () => workspaces.all(), ended.signal);
      void polls.restore((team) => workspaces.clientOfTeam(team));
    },
    async tellInterrupted(interrupted) {
      for (const { team, demo, message } of interrupted) {
        if (message === null) continue;
        try {
          const client = await workspaces.clientOfTeam(team);
          if (client !== null) await edit(client, message, interruptedMessage(demo));
        } catch (error) {
          log.warn({ error, demo: demo.id }, 'the message of a run that broke off stays as it was');
        }
      }
    },
    async stop() {
      ended.abort();
      await runs.settle(polls.settle());
      const stopped = app.stop();
      await endServer();
      await stopped;
    },
  };
}
