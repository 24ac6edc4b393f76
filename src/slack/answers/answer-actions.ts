import type { Needs } from '../parts.ts';
import { type ActionHandlers, type Pressed, showModal, tellOutdated } from '../presses/action-handler.ts';
import { actionIds } from '../presses/action-ids.ts';
import { editOrPost, type Posted, postAll } from '../transport/post.ts';
import { soon } from '../transport/soon.ts';
import { entryMessages, noteChosen } from './answer.ts';
import { readRef } from './answer-ref.ts';
import { attachTo } from './attach.ts';
import { entryView } from './entry-view.ts';
import { askedOf, othersOf, pictureOf, shareOf } from './pressed-options.ts';
import type { ReplyOptions } from './reply-options.ts';
import { createSharing } from './share-answer.ts';
import { showLength } from './show-length.ts';
import { recallThread } from './thread-memory.ts';

type Parts = Needs<'assistant' | 'log' | 'people' | 'pictures'>;

/** The buttons and menus that show entries. */
export function answerActions(parts: Parts) {
  return {
    [actionIds.showEntry]: (press) => showEntry(parts, press, press.value),
    [actionIds.chooseEntry]: (press) => chooseEntry(parts, press),
    [actionIds.showMore]: (press) => showLength(parts, press, 'whole'),
    [actionIds.showLess]: (press) => showLength(parts, press, 'short'),
    [actionIds.share]: createSharing(parts),
  } satisfies Partial<ActionHandlers>;
}

async function showEntry(parts: Parts, press: Pressed, entry: string): Promise<void> {
  const open = () => show(parts, press, entry, askedOf(parts.assistant, press, { entry }));
  // Where no window opens, the answer goes to the conversation with whoever pressed.
  if (press.where === null) await showModal(press, entryView(parts.assistant, entry)).catch(open);
  else await open();
}

/** The chosen answer takes the place of the choices, so that one question keeps one reply; its menu has the others. */
async function chooseEntry(parts: Parts, press: Pressed): Promise<void> {
  const { assistant } = parts;
  const { client, value, who, where, ts } = press;
  const ref = readRef(value) ?? {};
  const { entry, event } = ref;
  if (entry === undefined) return tellOutdated(press);
  const options = { ...askedOf(assistant, press, ref), ...othersOf(assistant, ref) };
  if (where === null) return showEntry(parts, press, entry);
  if (assistant.show(entry) === null) return show(parts, press, entry, options);
  if (event !== undefined) await noteChosen(parts, { team: who.team, place: where.channel, event });
  if (ts === null) return show(parts, press, entry, options);
  await noteShown(parts, press, entry);
  const [first, ...others] = entryMessages(assistant, entry, { ...options, ...pictureOf(parts, press, entry) });
  if (first) await editOrPost(client, { channel: where.channel, ts }, where, first);
  attach(parts, press, await postAll(client, where, others));
}

async function show(parts: Parts, press: Pressed, entry: string, options: ReplyOptions): Promise<void> {
  const { client, where, private: hidden, answer, tell } = press;
  const shown = { ...options, ...pictureOf(parts, press, entry), ...(hidden ? { share: shareOf(press) } : {}) };
  const messages = entryMessages(parts.assistant, entry, shown);
  if (hidden) await answer(messages, true);
  else if (where === null || parts.assistant.show(entry) === null) for (const message of messages) await tell(message);
  else {
    attach(parts, press, await postAll(client, where, messages));
    await noteShown(parts, press, entry);
  }
}

/** What is opened from an answer goes with it. */
function attach(parts: Parts, { who, where, message }: Pressed, posted: readonly Posted[]): void {
  if (where === null || message === null) return;
  for (const at of posted) attachTo(parts, { team: who.team, channel: where.channel, message })(at);
}

/** What is asked next in the thread goes on from the entry that was shown last. */
async function noteShown(parts: Parts, { who, where }: Pressed, entry: string): Promise<void> {
  if (where?.thread === undefined) return;
  const thread = { team: who.team, channel: where.channel, thread: where.thread };
  if ((await recallThread(parts, thread)) === null) return;
  const kept = parts.assistant.conversations
    .noteShown(thread, entry, who.user)
    .catch((error: unknown) => parts.log.error({ error }, 'a thread could not be remembered'));
  await soon(kept, undefined);
}
