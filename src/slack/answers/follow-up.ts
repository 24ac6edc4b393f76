import type { WebClient } from '@slack/web-api';
import type { RememberedThread } from '../../assistant/conversations.ts';
import type { Answer } from '../../assistant/reply.ts';
import type { Needs } from '../parts.ts';
import { settingsOf } from '../settings/settings-of.ts';
import { whisper } from '../transport/post.ts';
import { speaksIn } from './answer-channels.ts';
import { postAnswer } from './answer-message.ts';
import type { DoDeed } from './deeds.ts';
import { hear } from './hear.ts';
import type { Overheard } from './incoming.ts';
import { replyMessages } from './reply-message.ts';
import { type TalkParts, talkOf } from './talk-of.ts';
import { recallThread } from './thread-memory.ts';

type Parts = TalkParts & Needs<'people' | 'ownTurn' | 'pictures'>;

/**
 * Answers what somebody writes without a mention: only in a thread where the bot answered, and only while one person is
 * in it and speaks to nobody else. Where the match is not sure, that person alone sees a hint; among several people it
 * says nothing.
 * @param own the bot's user id
 */
export async function answerOverheard(
  parts: Parts,
  client: WebClient,
  overheard: Overheard,
  { own, doDeed }: { readonly own: string; readonly doDeed: DoDeed },
): Promise<void> {
  const { team, channel, thread, text } = overheard;
  const memory = await recallThread(parts, { team, channel, thread });
  if (memory === null || !(await isAlone(parts, overheard, memory)) || text === '') return;
  if (!speaksIn((await settingsOf(parts, team)).answerChannels, channel)) return;
  const talk = await talkOf(parts, client, overheard, memory, own);
  const understood = await hear(parts, overheard, talk);
  if (understood.type === 'deed') return doDeed(client, overheard, understood.deed);
  const { answer, answered } = understood;
  // A message that points back is as sure as what it points to.
  const sure =
    answer === null || parts.assistant.conversations.isSureFollowUp({ ...answer, question: text }, memory.entry);
  if (sure) await postAnswer(parts, client, overheard, answered, { previous: memory.entry, people: null });
  else await hint(parts, client, overheard, answer);
}

/** Whether nobody but who writes is in the thread, nor spoken to. Where it cannot be noted nobody is overlooked. */
async function isAlone(
  parts: Needs<'assistant'>,
  { team, channel, thread, user, addressed, begunBy }: Overheard,
  { people }: RememberedThread,
): Promise<boolean> {
  await parts.assistant.conversations.addPeople({ team, channel, thread }, people, [user, ...addressed]);
  return new Set([...people, user, ...addressed, ...(begunBy === null ? [] : [begunBy])]).size === 1;
}

async function hint(
  { assistant }: Needs<'assistant'>,
  client: WebClient,
  { channel, thread, user, text, ts }: Overheard,
  answer: Answer,
): Promise<void> {
  const messages = replyMessages(assistant.hint(answer), { asked: { question: text, event: ts } });
  for (const message of messages) await whisper(client, { channel, thread }, user, message);
}
