import type { App } from '@slack/bolt';
import { speaksIn } from './answer-channels.ts';
import { readCommand } from './command.ts';
import type { DemoRuns } from './demo-runs.ts';
import { orTell } from './failure.ts';
import { respondPrivately, tellerOf } from './private-reply.ts';
import { settingsOf } from './settings-of.ts';
import type { SlackParts } from './slack-surface.ts';

/**
 * Answers the slash command, whatever name the app's manifest gives it: privately. A demo runs in the channel, or in
 * the conversation with the person where the bot does not speak.
 */
export function handleCommands(app: App, parts: SlackParts, runs: DemoRuns): void {
  const { assistant, log } = parts;
  app.command(/.*/, async ({ command, ack, respond, client, context }) => {
    await ack();
    const { user_id: user, channel_id: channel } = command;
    await orTell(log, tellerOf(client, { channel }, user, respond), async () => {
      const request = readCommand(assistant, command.command, command.text ?? '', command.trigger_id);
      if (request.type === 'run') {
        const who = { team: context.teamId ?? command.team_id, user };
        const where = { channel: speaksIn(settingsOf(parts, who.team).answerChannels, channel) ? channel : user };
        await runs.run(client, { demo: request.demo, who, askedIn: channel, where });
      } else await respondPrivately(respond, request.messages);
    });
  });
}
