import type { KnownBlock } from '@slack/types';
import type { Assistant } from '../../assistant/assistant.ts';
import type { Reply } from '../../assistant/reply.ts';
import { slackLimits } from '../blocks/limits.ts';
import type { Modal } from '../transport/send-view.ts';
import { replyBlocks } from './reply-message.ts';
import type { ReplyOptions } from './reply-options.ts';

/** Shows an entry in a modal, for places that have no conversation. */
export function entryView(assistant: Assistant, entry: string): Modal {
  const reply = assistant.show(entry);
  if (!reply) return noticeView('This answer is no longer in the book. Close this window and open my home again.');
  return modal(replyBlocks(reply, { tables: false, length: 'whole' }));
}

/** Shows the reply to a question in a modal; of an answer nothing can be voted on or folded in there. */
export function replyView(
  reply: Reply,
  question: string,
  { asked, human }: Required<Pick<ReplyOptions, 'asked' | 'human'>>,
): Modal {
  const steer = reply.kind === 'answer' ? {} : { asked, human };
  return modal(replyBlocks(reply, { question, tables: false, length: 'whole', ...steer }));
}

/** Says something in a modal, with the simplest block: an update that is an acknowledgement gets no word of refusal. */
export function noticeView(text: string): Modal {
  return modal([{ type: 'section', text: { type: 'plain_text', text, emoji: false } }]);
}

function modal(blocks: readonly KnownBlock[]): Modal {
  return {
    type: 'modal',
    title: { type: 'plain_text', text: 'Dockproof', emoji: false },
    close: { type: 'plain_text', text: 'Close', emoji: false },
    blocks: blocks.slice(0, slackLimits.blocksPerView),
  };
}
