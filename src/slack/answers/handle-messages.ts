import type { App, Context } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Needs } from '../parts.ts';
import { settingsOf } from '../settings/settings-of.ts';
import { orTell } from '../transport/failure.ts';
import { tellerOf } from '../transport/private-reply.ts';
import { createSeenMessages } from '../transport/seen-messages.ts';
import { createTurns } from '../transport/turns.ts';
import { channelNotice } from './answer-channels.ts';
import { postAnswer } from './answer-message.ts';
import { followDeletion, followEdit } from './follow-question.ts';
import { answerOverheard } from './follow-up.ts';
import { type Asked, type Edited, type Incoming, readIncoming } from './incoming.ts';
import { notePublic, recallThread } from './thread-memory.ts';

/**
 * Answers mentions in channels, direct messages, and sure follow-ups in threads, each message once, in its thread; an
 * answer follows the edits and the deletion of its question.
 */
export function handleMessages(app: App, parts: Needs<'assistant' | 'log' | 'people' | 'ownTurn' | 'kept'>): void {
  const seen = createSeenMessages(parts.kept.seenEvents, parts.log);
  const turns = createTurns();

  async function answerAsked(client: WebClient, asked: Asked): Promise<void> {
    const { team, channel, thread, user, addressed } = asked;
    const where = { channel, thread };
    const tell = tellerOf(client, where, user, null);
    await orTell(parts.log, tell, async () => {
      const notice = channelNotice((await settingsOf(parts, team)).answerChannels, channel);
      if (notice) return tell(notice);
      const memory = thread === asked.ts ? null : await recallThread(parts, { team, channel, thread });
      // Whoever mentions the bot begins the conversation anew; whom else they mention is in it too.
      const people = [...new Set([user, ...addressed])];
      await postAnswer(parts, client, asked, { previous: memory?.entry ?? null, people, wanted: () => true });
    });
  }

  async function follow(client: WebClient, edited: Edited | Asked): Promise<void> {
    const { channel, thread, user } = edited;
    const tell = tellerOf(client, { channel, thread }, user, null);
    await orTell(parts.log, tell, () => followEdit(parts, client, edited));
  }

  async function take(client: WebClient, incoming: Incoming): Promise<void> {
    const { team, channel, ts } = incoming;
    switch (incoming.type) {
      case 'asked':
        if (await seen.take(team, channel, ts)) return answerAsked(client, incoming);
        // An edited mention comes as a mention anew.
        return incoming.edited ? follow(client, incoming) : undefined;
      case 'overheard':
        return (await seen.take(team, channel, ts)) ? answerOverheard(parts, client, incoming) : undefined;
      case 'edited':
        return follow(client, incoming);
      case 'deleted':
        return followDeletion(parts, client, incoming);
    }
  }

  async function handle(event: unknown, context: Context, client: WebClient): Promise<void> {
    const incoming = readIncoming(event, context.teamId ?? '', context.botUserId ?? '');
    if (!incoming) return;
    const { team, channel, thread } = incoming;
    await turns.take(`${team}/${channel}/${thread}`, async () => {
      await take(client, incoming);
      // The event that tells it may come after the one that was answered.
      if ('isPublic' in incoming && incoming.isPublic !== null)
        await notePublic(parts, { team, channel, thread }, incoming.isPublic);
    });
  }

  app.event('app_mention', ({ event, context, client }) => handle(event, context, client));
  app.event('message', ({ event, context, client }) => handle(event, context, client));
}
