import type { WebClient } from '@slack/web-api';
import type { Needs } from '../parts.ts';
import { settingsOf } from '../settings/settings-of.ts';
import { speaksIn } from './answer-channels.ts';
import { postAnswer } from './answer-message.ts';
import type { Overheard } from './incoming.ts';
import { recallThread } from './thread-memory.ts';

/**
 * Answers a follow-up that does not mention the bot: only in a thread where it answered, only while one person is in it
 * and speaks to nobody else, and only where the match is sure. It says nothing otherwise.
 */
export async function answerOverheard(
  parts: Needs<'assistant' | 'log' | 'people' | 'ownTurn'>,
  client: WebClient,
  overheard: Overheard,
): Promise<void> {
  const { team, channel, thread, user, text, addressed, begunBy } = overheard;
  const key = { team, channel, thread };
  const memory = await recallThread(parts, key);
  if (memory === null) return;
  // Where this fails nothing is answered, so that nobody is overlooked.
  await parts.assistant.conversations.addPeople(key, memory.people, [user, ...addressed]);
  const people = new Set([...memory.people, user, ...addressed, ...(begunBy === null ? [] : [begunBy])]);
  if (people.size > 1 || text === '') return;
  if (!speaksIn((await settingsOf(parts, team)).answerChannels, channel)) return;
  await postAnswer(parts, client, overheard, {
    previous: memory.entry,
    people: null,
    wanted: (answer) => parts.assistant.conversations.isSureFollowUp(answer, memory.entry),
  });
}
