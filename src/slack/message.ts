import type { KnownBlock } from '@slack/types';
import { slackLimits } from './limits.ts';
import { escapeText, shorten } from './slack-text.ts';

/** What is posted: blocks, and the text that notifications, screen readers and old clients show instead. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** Makes a message; its fallback text is escaped and bounded here, in one place. */
export function toMessage(fallback: string, blocks: readonly KnownBlock[]): SlackMessage {
  return {
    text: shorten(escapeText(fallback), slackLimits.fallbackText),
    blocks: blocks.slice(0, slackLimits.blocksPerMessage),
  };
}

/** A message of one plain paragraph, literal text. */
export function plainMessage(text: string): SlackMessage {
  return toMessage(text, [
    { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] },
  ]);
}
