import { plainMessage } from '../blocks/message.ts';
import type { Needs } from '../parts.ts';
import { type Pressed, showModal, tellOutdated } from '../presses/action-handler.ts';
import { settingsOf } from '../settings/settings-of.ts';
import { editOrPost } from '../transport/post.ts';
import { entryMessages } from './answer.ts';
import { readRef } from './answer-ref.ts';
import { entryView } from './entry-view.ts';
import { askedOf, othersOf, pictureOf, shareOf } from './pressed-options.ts';

/** Shows the answer that was pressed in another length: in its place, or in a window where it is more than one message. */
export async function showLength(
  parts: Needs<'assistant' | 'log' | 'pictures'>,
  press: Pressed,
  length: 'short' | 'whole',
): Promise<void> {
  const { assistant } = parts;
  const { client, value, who, where, ts, private: hidden, answer, tell } = press;
  const ref = readRef(value) ?? {};
  if (ref.entry === undefined) return tellOutdated(press);
  if (assistant.show(ref.entry) === null)
    return tell(plainMessage('This answer is no longer in the book. Ask your question again.'));
  const messages = entryMessages(assistant, ref.entry, {
    ...pictureOf(parts, press, ref.entry),
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
