import type { App, Context } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Needs } from '../parts.ts';
import type { Polls } from '../polls/polls.ts';
import type { DemoRuns } from '../runs/demo-runs.ts';
import { orTell } from '../transport/failure.ts';
import { tellerOf } from '../transport/private-reply.ts';
import { createSeenMessages } from '../transport/seen-messages.ts';
import { createTurns } from '../transport/turns.ts';
import { answerAsked } from './answer-asked.ts';
import { createDeeds } from './deeds.ts';
import { followDeletion, followEdit } from './follow-question.ts';
import { answerOverheard } from './follow-up.ts';
import { type Asked, type Begun, type Edited, type Incoming, readIncoming } from './incoming.ts';
import type { RecentTalk } from './recent-talk.ts';
import { notePublic } from './thread-memory.ts';

/** What messages are answered with. */
export type MessageParts = Needs<
  'assistant' | 'log' | 'people' | 'ownTurn' | 'kept' | 'recent' | 'threads' | 'pictures'
>;

/**
 * Answers mentions in channels, direct messages, and follow-ups in threads, each message once, in its thread, and does
 * what they ask for; an answer follows the edits and the deletion of its question.
 */
export function handleMessages(app: App, parts: MessageParts, runs: DemoRuns, polls: Polls): void {
  const seen = createSeenMessages(parts.kept.seenEvents, parts.log);
  const turns = createTurns();
  const doDeed = createDeeds(parts, runs, polls);

  async function follow(client: WebClient, edited: Edited | Asked, own: string): Promise<void> {
    const { channel, thread, user } = edited;
    const tell = tellerOf(client, { channel, thread }, user, null);
    await orTell(parts.log, tell, () => followEdit(parts, runs, client, edited, own));
  }

  async function take(client: WebClient, incoming: Exclude<Incoming, Begun>, own: string): Promise<void> {
    const { team, channel, ts } = incoming;
    switch (incoming.type) {
      case 'asked':
        if (await seen.take(team, channel, ts)) return answerAsked(parts, client, incoming, { own, doDeed });
        // An edited mention comes as a mention anew.
        return incoming.edited ? follow(client, incoming, own) : undefined;
      case 'overheard':
        if (await seen.take(team, channel, ts)) await answerOverheard(parts, client, incoming, { own, doDeed, runs });
        return;
      case 'edited':
        return follow(client, incoming, own);
      case 'deleted':
        return followDeletion(parts, runs, client, incoming);
    }
  }

  async function handle(event: unknown, context: Context, client: WebClient): Promise<void> {
    const own = context.botUserId ?? '';
    const incoming = readIncoming(event, context.teamId ?? '', own);
    if (!incoming) return;
    const { team, channel, thread } = incoming;
    remember(parts.recent, incoming);
    if (incoming.type === 'begun') return;
    await turns.take(`${team}/${channel}/${thread}`, async () => {
      await take(client, incoming, own);
      // The event that tells it may come after the one that was answered.
      if ('isPublic' in incoming && incoming.isPublic !== null)
        await notePublic(parts, { team, channel, thread }, incoming.isPublic);
    });
  }

  app.event('app_mention', ({ event, context, client }) => handle(event, context, client));
  app.event('message', ({ event, context, client }) => handle(event, context, client));
}

/** Notes what was written, so that whoever mentions the bot in a thread need not say it again. */
function remember(recent: RecentTalk, incoming: Incoming): void {
  const { ts } = incoming;
  if (incoming.type === 'deleted') recent.change(incoming, { ts, text: '' });
  else if (incoming.type === 'edited') recent.change(incoming, { ts, text: incoming.text });
  else recent.note(incoming, { ts, text: incoming.text });
}
