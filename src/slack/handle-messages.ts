import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { answerQuestion, noteAnswered } from './answer.ts';
import { channelNotice } from './answer-channels.ts';
import { orTell } from './failure.ts';
import { readIncoming } from './incoming.ts';
import { postAll } from './post.ts';
import { tellerOf } from './private-reply.ts';
import { createSeenMessages } from './seen-messages.ts';
import { settingsOf } from './settings-of.ts';
import type { SurfaceParts } from './slack-surface.ts';

/** Answers mentions in channels and direct messages, each message once, in its thread. */
export function handleMessages(app: App, parts: SurfaceParts): void {
  const { log } = parts;
  const seen = createSeenMessages();

  async function take(event: unknown, team: string, botUser: string, client: WebClient): Promise<void> {
    const incoming = readIncoming(event, team, botUser);
    if (!incoming || !seen.take(incoming.team, incoming.channel, incoming.ts)) return;
    const where = { channel: incoming.channel, thread: incoming.thread };
    const tell = tellerOf(client, where, incoming.user, null);
    await orTell(log, tell, async () => {
      const notice = channelNotice(settingsOf(parts, incoming.team).answerChannels, incoming.channel);
      if (notice) await tell(notice);
      else {
        const asking = {
          team: incoming.team,
          place: incoming.channel,
          person: incoming.user,
          event: incoming.ts,
        };
        const answered = answerQuestion(parts, incoming.text, asking);
        await postAll(client, where, answered.messages);
        noteAnswered(parts, answered, asking);
      }
    });
  }

  app.event('app_mention', ({ event, context, client }) =>
    take(event, context.teamId ?? '', context.botUserId ?? '', client),
  );
  app.event('message', ({ event, context, client }) =>
    take(event, context.teamId ?? '', context.botUserId ?? '', client),
  );
}
