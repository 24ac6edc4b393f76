import type { KnownBlock } from '@slack/types';
import { slackLimits } from './limits.ts';
import { literal, paragraph } from './rich-text.ts';
import { escapeText, shorten } from './slack-text.ts';

/** What is posted: blocks, and the text that notifications, screen readers and old clients show instead. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** Makes a message of blocks that fit into one; its fallback text is bounded and escaped here, in one place. */
export function toMessage(fallback: string, blocks: readonly KnownBlock[]): SlackMessage {
  return { text: escapeText(shorten(fallback, slackLimits.fallbackText)), blocks: [...blocks] };
}

/**
 * Makes as few messages as hold the blocks within Slack's limits, in order, never dividing a block.
 * @param fallback the text of the first message; the others say that they go on
 */
export function toMessages(fallback: string, blocks: readonly KnownBlock[]): SlackMessage[] {
  const groups: KnownBlock[][] = [[]];
  for (const block of blocks) {
    const open = groups.at(-1) ?? [];
    const fits =
      open.length < slackLimits.blocksPerMessage && JSON.stringify([...open, block]).length <= slackLimits.blocksJson;
    if (fits || open.length === 0) open.push(block);
    else groups.push([block]);
  }
  return groups.map((group, index) =>
    toMessage(index === 0 ? fallback : `Continued (${index + 1} of ${groups.length})`, group),
  );
}

/** A message of one plain paragraph, literal text. */
export function plainMessage(text: string): SlackMessage {
  return toMessage(text, [{ ...paragraph([literal(shorten(text, slackLimits.sectionText))]) }]);
}
