import type { RichTextElement } from '@slack/types';
import { type SlackMessage, toMessage } from '../blocks/message.ts';
import { literal, paragraph } from '../blocks/rich-text.ts';

/** Whether the bot speaks in a conversation: everywhere if no channels are given, and always directly with a person. */
export function speaksIn(answerChannels: readonly string[], channel: string): boolean {
  return answerChannels.length === 0 || /^[DU]/.test(channel) || answerChannels.includes(channel);
}

/** Says where the bot answers instead. @returns null if it answers in this channel */
export function channelNotice(answerChannels: readonly string[], channel: string): SlackMessage | null {
  if (speaksIn(answerChannels, channel)) return null;
  const links = answerChannels.flatMap((id, index): RichTextElement[] => [
    ...(index > 0 ? [literal(', ')] : []),
    { type: 'channel', channel_id: id },
  ]);
  const elements = [literal('I answer in these channels only: '), ...links, literal('. Or write to me directly.')];
  const text = `I answer in these channels only: ${answerChannels.join(', ')}. Or write to me directly.`;
  return toMessage(text, [paragraph(elements)]);
}
