import type { Assistant } from '../../assistant/assistant.ts';
import { plainMessage } from '../blocks/message.ts';
import type { Needs } from '../parts.ts';
import { type ActionHandlers, type Pressed, showModal, tellOutdated } from '../presses/action-handler.ts';
import { actionIds } from '../presses/action-ids.ts';
import { settingsOf } from '../settings/settings-of.ts';
import { editOrPost, type Posted, postAll } from '../transport/post.ts';
import { soon } from '../transport/soon.ts';
import { entryMessages, noteChosen } from './answer.ts';
import { type AnswerRef, readRef } from './answer-ref.ts';
import { attachTo } from './attach.ts';
import { entryView } from './entry-view.ts';
import type { Asked, ReplyOptions } from './reply-options.ts';
import { createSharing } from './share-answer.ts';
import { recallThread } from './thread-memory.ts';

/** The buttons and menus that show entries. */
export function answerActions(parts: Needs<'assistant' | 'log' | 'people' | 'pictures'>) {
  const { assistant } = parts;

  const pictureOf = ({ who }: Pressed, entry: string) => ({
    picture: parts.pictures.ofFigure(who.team, assistant.show(entry)?.figure ?? null),
  });

  async function show(press: Pressed, entry: string, options: ReplyOptions): Promise<void> {
    const { client, where, private: hidden, answer, tell } = press;
    const shown = { ...options, ...pictureOf(press, entry) };
    const messages = entryMessages(assistant, entry, hidden ? { ...shown, share: shareOf(press) } : shown);
    if (hidden) await answer(messages, true);
    else if (where === null || assistant.show(entry) === null) for (const message of messages) await tell(message);
    else {
      attach(press, await postAll(client, where, messages));
      await noteShown(press, entry);
    }
  }

  /** What is opened from an answer goes with it. */
  function attach({ who, where, message }: Pressed, posted: readonly Posted[]): void {
    if (where === null || message === null) return;
    for (const at of posted) attachTo(parts, { team: who.team, channel: where.channel, message })(at);
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
    const open = () => show(press, press.value, askedOf(assistant, press, { entry: press.value }));
    // Where no window opens, the answer goes to the conversation with whoever pressed.
    if (press.where === null) await showModal(press, entryView(assistant, press.value)).catch(open);
    else await open();
  }

  /** The chosen answer takes the place of the choices, so that one question keeps one reply; its menu has the others. */
  async function chooseEntry(press: Pressed): Promise<void> {
    const { client, value, who, where, ts } = press;
    const ref = readRef(value) ?? {};
    const { entry, event } = ref;
    if (entry === undefined) return tellOutdated(press);
    const options = { ...askedOf(assistant, press, ref), ...othersOf(assistant, ref) };
    if (where === null) return showEntry({ ...press, value: entry });
    if (assistant.show(entry) === null) return show(press, entry, options);
    if (event !== undefined) await noteChosen(parts, { team: who.team, place: where.channel, event });
    if (ts === null) return show(press, entry, options);
    await noteShown(press, entry);
    const [first, ...others] = entryMessages(assistant, entry, { ...options, ...pictureOf(press, entry) });
    if (first) await editOrPost(client, { channel: where.channel, ts }, where, first);
    attach(press, await postAll(client, where, others));
  }

  /** Shows the answer that was pressed in another length: in its place, or in a window where it is more than one message. */
  async function showLength(press: Pressed, length: 'short' | 'whole'): Promise<void> {
    const { client, value, who, where, ts, private: hidden, answer, tell } = press;
    const ref = readRef(value) ?? {};
    if (ref.entry === undefined) return tellOutdated(press);
    if (assistant.show(ref.entry) === null)
      return tell(plainMessage('This answer is no longer in the book. Ask your question again.'));
    const messages = entryMessages(assistant, ref.entry, {
      ...pictureOf(press, ref.entry),
      ...askedOf(assistant, press, ref),
      ...othersOf(assistant, ref),
      ...(ref.quoted === true && ref.question !== undefined ? { question: ref.question } : {}),
      ...(ref.by === undefined ? {} : { sharedBy: ref.by }),
      ...(hidden ? { share: shareOf(press) } : {}),
      ...{ length, human: (await settingsOf(parts, who.team)).askHuman !== null },
    });
    const [first, ...others] = messages;
    if (first === undefined || others.length > 0) return showModal(press, entryView(assistant, ref.entry));
    if (hidden) return answer(messages, true);
    if (where === null || ts === null) return tellOutdated(press);
    await editOrPost(client, { channel: where.channel, ts }, where, first);
  }

  return {
    [actionIds.showEntry]: showEntry,
    [actionIds.chooseEntry]: chooseEntry,
    [actionIds.showMore]: (press) => showLength(press, 'whole'),
    [actionIds.showLess]: (press) => showLength(press, 'short'),
    [actionIds.share]: createSharing(parts),
  } satisfies Partial<ActionHandlers>;
}

/** The question that a button remembers; whoever opens an entry from a menu asks its title. */
function askedOf(assistant: Assistant, press: Pressed, ref: AnswerRef): { asked?: Asked } {
  const { entry = '', question, event } = ref;
  if (question !== undefined && event !== undefined) return { asked: { question, event } };
  const title = assistant.show(entry)?.title;
  return title === undefined ? {} : { asked: { question: title, event: press.message ?? press.trigger } };
}

/** What the question could mean too, as far as the book still has it. */
function othersOf(assistant: Assistant, { others = [] }: AnswerRef): Pick<ReplyOptions, 'others'> {
  return {
    others: others.flatMap((entry) => {
      const reply = assistant.show(entry);
      return reply === null ? [] : [{ entry, label: reply.title }];
    }),
  };
}

/** Where a private answer is shared to: the button says it, or the block of the menu that it was picked in. */
function shareOf({ value, block }: Pressed): { readonly thread?: string } {
  const { thread } = { ...readRef(block), ...readRef(value) };
  return thread === undefined ? {} : { thread };
}
