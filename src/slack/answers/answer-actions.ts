import { plainMessage } from '../blocks/message.ts';
import type { Needs } from '../parts.ts';
import { type ActionHandlers, type Pressed, showModal, tellOutdated } from '../presses/action-handler.ts';
import { actionIds } from '../presses/action-ids.ts';
import { settingsOf } from '../settings/settings-of.ts';
import { editOrPost, postAll } from '../transport/post.ts';
import { respondPrivately } from '../transport/private-reply.ts';
import { soon } from '../transport/soon.ts';
import { entryMessages, noteChosen } from './answer.ts';
import { channelNotice } from './answer-channels.ts';
import { readRef } from './answer-ref.ts';
import { entryView } from './entry-view.ts';
import type { Asked } from './reply-message.ts';
import { recallThread } from './thread-memory.ts';

/** The buttons and menus that show entries. */
export function answerActions(parts: Needs<'assistant' | 'log'>) {
  const { assistant } = parts;

  /** Who opens an entry from a menu asks its question. */
  function askedFor(entry: string, press: Pressed): { asked?: Asked } {
    const title = assistant.show(entry)?.title;
    return title === undefined ? {} : { asked: { question: title, event: press.message ?? press.trigger } };
  }

  async function show(press: Pressed, entry: string, options: { asked?: Asked }): Promise<void> {
    const { client, where, private: hidden, answer, tell } = press;
    const messages = entryMessages(assistant, entry, hidden ? { share: {}, ...options } : options);
    if (hidden) await answer(messages, true);
    else if (where === null || assistant.show(entry) === null) for (const message of messages) await tell(message);
    else {
      await postAll(client, where, messages);
      await noteShown(press, entry);
    }
  }

  /** What is asked next in the thread goes on from the entry that was shown last. */
  async function noteShown({ who, where }: Pressed, entry: string): Promise<void> {
    if (where?.thread === undefined) return;
    const thread = { team: who.team, channel: where.channel, thread: where.thread };
    if ((await recallThread(parts, thread)) === null) return;
    const kept = assistant.conversations
      .noteShown(thread, entry, who.user)
      .catch((error: unknown) => parts.log.error({ error }, 'a thread could not be remembered'));
    await soon(kept, undefined);
  }

  async function showEntry(press: Pressed): Promise<void> {
    const open = () => show(press, press.value, askedFor(press.value, press));
    // Where no window opens, the answer goes to the conversation with whoever pressed.
    if (press.where === null) await showModal(press, entryView(assistant, press.value)).catch(open);
    else await open();
  }

  /** The chosen answer takes the place of the choices, so that one question keeps one reply. */
  async function chooseEntry(press: Pressed): Promise<void> {
    const { client, value, who, where, ts } = press;
    const { entry, question, event } = readRef(value) ?? {};
    if (entry === undefined) return tellOutdated(press);
    const asked =
      question === undefined || event === undefined ? askedFor(entry, press) : { asked: { question, event } };
    if (where === null || assistant.show(entry) === null) return show(press, entry, asked);
    if (event !== undefined) await noteChosen(parts, { team: who.team, place: where.channel, event });
    if (ts === null) return show(press, entry, asked);
    await noteShown(press, entry);
    const [first, ...others] = entryMessages(assistant, entry, asked);
    if (first) await editOrPost(client, { channel: where.channel, ts }, where, first);
    await postAll(client, where, others);
  }

  /** After sharing, the private message loses its button, so that nobody shares twice by accident. */
  async function share(press: Pressed): Promise<void> {
    const { client, value, who, where, respond, tell } = press;
    const { entry, question, thread } = readRef(value) ?? {};
    if (where === null || entry === undefined || assistant.show(entry) === null)
      return tell(plainMessage('I cannot share this any more. Ask your question again.'));
    const notice = channelNotice((await settingsOf(parts, who.team)).answerChannels, where.channel);
    if (notice) return tell(notice);
    const asked = { question: question ?? '', event: press.message ?? press.trigger };
    const options = question === undefined ? {} : { question, asked };
    const messages = entryMessages(assistant, entry, options);
    await postAll(client, { channel: where.channel, ...(thread === undefined ? {} : { thread }) }, messages);
    if (respond === null) return tell(plainMessage('It is shared.'));
    const [first, ...others] = messages;
    if (first) await respondPrivately(respond, first, true);
    for (const message of others) await respondPrivately(respond, message);
  }

  return {
    [actionIds.showEntry]: showEntry,
    [actionIds.chooseEntry]: chooseEntry,
    [actionIds.share]: share,
  } satisfies Partial<ActionHandlers>;
}
