import type { Needs } from '../parts.ts';
import { type ActionHandlers, type Pressed, tellOutdated } from '../presses/action-handler.ts';
import { actionIds } from '../presses/action-ids.ts';
import { editOrPost } from '../transport/post.ts';
import { listMessage, readPlace } from './list-message.ts';

/** The menu of chapters in a list: the picked one is shown in place of the list. */
export function listActions({ assistant }: Needs<'assistant'>) {
  async function chooseChapter(press: Pressed): Promise<void> {
    const { client, value, where, ts, private: hidden, answer } = press;
    const place = readPlace(value);
    if (place === null) return tellOutdated(press);
    const message = listMessage(assistant, place);
    if (hidden) await answer([message], true);
    else if (where === null || ts === null) await press.tell(message);
    else await editOrPost(client, { channel: where.channel, ts }, where, message);
  }

  return { [actionIds.chooseChapter]: chooseChapter } satisfies Partial<ActionHandlers>;
}
