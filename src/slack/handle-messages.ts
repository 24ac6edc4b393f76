import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { answerMessage } from './answer.ts';
import { type Incoming, readIncoming } from './incoming.ts';
import { plainMessage } from './message.ts';
import { post, whisper } from './post.ts';
import { createSeenMessages } from './seen-messages.ts';
import type { SlackParts } from './slack-surface.ts';

/** Answers mentions in channels and direct messages, each message once, in its thread. */
export function handleMessages(app: App, { assistant, answerChannels, log }: SlackParts): void {
  const seen = createSeenMessages();

  async function take(event: unknown, team: string, botUser: string, client: WebClient): Promise<void> {
    const incoming = readIncoming(event, team, botUser);
    if (!incoming || !seen.take(incoming.team, incoming.channel, incoming.ts)) return;
    const where = { channel: incoming.channel, thread: incoming.thread };
    if (!answersIn(incoming)) {
      const channels = answerChannels.map((channel) => `#${channel}`).join(', ');
      await whisper(
        client,
        where,
        incoming.user,
        plainMessage(`I answer in these channels only: ${channels}. Or write to me directly.`),
      );
      return;
    }
    try {
      await post(client, where, answerMessage(assistant, incoming.text));
    } catch (error) {
      log.error({ error: String(error), channel: incoming.channel }, 'an answer could not be posted');
      await whisper(
        client,
        where,
        incoming.user,
        plainMessage('Something went wrong while I answered. Please ask again; the log says why.'),
      );
    }
  }

  function answersIn({ channel }: Incoming): boolean {
    return answerChannels.length === 0 || channel.startsWith('D') || answerChannels.includes(channel);
  }

  app.event('app_mention', async ({ event, context, client }) => {
    await take(event, context.teamId ?? '', context.botUserId ?? '', client);
  });
  app.event('message', async ({ event, context, client }) => {
    await take(event, context.teamId ?? '', context.botUserId ?? '', client);
  });
}
