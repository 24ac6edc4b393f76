import type { WebClient } from '@slack/web-api';
import { answerLook } from '../layers/answer-look.ts';
import { readLookWish } from '../layers/look-wish.ts';
import type { Needs } from '../parts.ts';
import { settingsOf } from '../settings/settings-of.ts';
import { orTell } from '../transport/failure.ts';
import { tellerOf } from '../transport/private-reply.ts';
import { channelNotice } from './answer-channels.ts';
import { postAnswer } from './answer-message.ts';
import type { DoDeed } from './deeds.ts';
import { hear } from './hear.ts';
import type { Asked } from './incoming.ts';
import { askingOf } from './question.ts';
import { noteOffered, type TalkParts, talkOf } from './talk-of.ts';
import { recallThread } from './thread-memory.ts';

type Parts = TalkParts & Needs<'people' | 'ownTurn' | 'pictures'>;

/**
 * Answers a question to the bot in its thread, or does what it asks for. Where that fails, whoever asked is told.
 * @param own the bot's user id
 */
export async function answerAsked(
  parts: Parts,
  client: WebClient,
  asked: Asked,
  { own, doDeed }: { readonly own: string; readonly doDeed: DoDeed },
): Promise<void> {
  const { team, channel, thread, user, addressed } = asked;
  const where = { channel, thread };
  const tell = tellerOf(client, where, user, null);
  await orTell(parts.log, tell, async () => {
    const notice = channelNotice((await settingsOf(parts, team)).answerChannels, channel);
    if (notice) return tell(notice);
    const memory = thread === asked.ts ? null : await recallThread(parts, { team, channel, thread });
    // Whoever mentions the bot begins the conversation anew; whom else they mention is in it too.
    const place = { previous: memory?.entry ?? null, people: [...new Set([user, ...addressed])] };
    const wish = readLookWish(asked.text);
    if (wish !== null) {
      const { messages, entry } = await answerLook(parts, client, wish, askingOf(asked), 'short');
      noteOffered(parts, asked, entry === null ? [] : [entry]);
      const about = { ...place, previous: entry ?? place.previous };
      return postAnswer(parts, client, asked, { answer: null, messages }, about);
    }
    const understood = await hear(parts, asked, await talkOf(parts, client, asked, memory, own));
    if (understood.type === 'deed') return doDeed(client, asked, understood.deed);
    await postAnswer(parts, client, asked, understood.answered, place);
  });
}
