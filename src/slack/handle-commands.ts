import type { App } from '@slack/bolt';
import type { Assistant } from '../assistant/assistant.ts';
import { readCommand } from './command.ts';
import type { DemoRuns } from './demo-runs.ts';

/** Answers the slash command, whatever name the app's manifest gives it: privately, demos in the channel. */
export function handleCommands(app: App, assistant: Assistant, runs: DemoRuns): void {
  app.command(/.*/, async ({ command, ack, respond, client, context }) => {
    await ack();
    const request = readCommand(assistant, command.command, command.text ?? '');
    if (request.type === 'run') {
      const who = { team: context.teamId ?? command.team_id, user: command.user_id };
      await runs.run(client, request.demo, who, { channel: command.channel_id });
      return;
    }
    const { text, blocks } = request.message;
    await respond({ response_type: 'ephemeral', text, blocks });
  });
}
