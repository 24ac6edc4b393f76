import { plainMessage } from '../blocks/message.ts';
import type { Needs } from '../parts.ts';
import { nameOf } from '../people/name-of.ts';
import type { Pressed } from '../presses/action-handler.ts';
import { settingsOf } from '../settings/settings-of.ts';
import { postAll } from '../transport/post.ts';
import { createTurns } from '../transport/turns.ts';
import { entryMessages } from './answer.ts';
import { channelNotice } from './answer-channels.ts';
import { readRef } from './answer-ref.ts';

/** Private answers of which it is remembered that they were shared. */
const remembered = 10_000;

/** Makes what the Share button does: it shows a private answer to the channel or the thread, once. */
export function createSharing(parts: Needs<'assistant' | 'log' | 'people'>): (press: Pressed) => Promise<void> {
  const { assistant } = parts;
  const turns = createTurns();
  const shared = new Set<string>();

  /** @returns whether it is shared; if not, whoever pressed was told why */
  async function share({ client, value, who, where, message, trigger, tell }: Pressed): Promise<boolean> {
    const { entry, question, thread } = readRef(value) ?? {};
    if (where === null || entry === undefined || assistant.show(entry) === null) {
      await tell(plainMessage('I cannot share this any more. Ask your question again.'));
      return false;
    }
    const notice = channelNotice((await settingsOf(parts, who.team)).answerChannels, where.channel);
    if (notice) {
      await tell(notice);
      return false;
    }
    const name = await nameOf(parts, client, who);
    const options = {
      ...(question === undefined ? {} : { question, asked: { question, event: message ?? trigger } }),
      ...(name === null ? {} : { sharedBy: name }),
    };
    const messages = entryMessages(assistant, entry, options);
    await postAll(client, { channel: where.channel, ...(thread === undefined ? {} : { thread }) }, messages);
    return true;
  }

  return async (press) => {
    const { who, where, message, trigger } = press;
    const key = `${who.team}/${where?.channel}/${message ?? trigger}`;
    await turns.take(key, async () => {
      // Of two quick presses the second is on its way before the button is gone.
      if (shared.has(key) || !(await share(press))) return;
      shared.add(key);
      for (const oldest of shared) {
        if (shared.size <= remembered) break;
        shared.delete(oldest);
      }
      await press.answer([plainMessage('It is shared: everybody here can read it now.')], true);
    });
  };
}
