import type { WebClient } from '@slack/web-api';
import type { RememberedThread } from '../../assistant/conversations.ts';
import type { Answer } from '../../assistant/reply.ts';
import type { Needs } from '../parts.ts';
import type { DemoRuns } from '../runs/demo-runs.ts';
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
 * says nothing, but whoever runs a demo there may stop it.
 * @param own the bot's user id
 */
export async function answerOverheard(
  parts: Parts,
  client: WebClient,
  overheard: Overheard,
  { own, doDeed, runs }: { readonly own: string; readonly doDeed: DoDeed; readonly runs: Pick<DemoRuns, 'runsOwn'> },
): Promise<void> {
  const { team, channel, thread, user, text } = overheard;
  const memory = await recallThread(parts, { team, channel, thread });
  const alone = memory !== null && (await isAlone(parts, overheard, memory));
  if (text === '' || !(alone || runs.runsOwn({ team, user }, { channel, thread }))) return;
  if (!speaksIn((await settingsOf(parts, team)).answerChannels, channel)) return;
  const talk = await talkOf(parts, client, overheard, memory, own);
  const understood = await hear(parts, overheard, talk);
  if (understood.type === 'deed') {
    if (alone || understood.deed.type === 'stop') await doDeed(client, overheard, understood.deed);
    return;
  }
  if (!alone) return;
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

/** What asks nothing gets none, nor does who got one since the last answer in the thread. */
async function hint(
  { assistant, recent }: Needs<'assistant' | 'recent'>,
  client: WebClient,
  overheard: Overheard,
  answer: Answer,
): Promise<void> {
  const { channel, thread, user, text, ts } = overheard;
  const reply = assistant.hint(answer);
  if (reply === null || !recent.takeHint(overheard)) return;
  const messages = replyMessages(reply, { asked: { question: text, event: ts } });
  for (const message of messages) await whisper(client, { channel, thread }, user, message);
}
