import type { Button, KnownBlock, PlainTextElement } from '@slack/types';
import type { ButtonId } from '../presses/action-ids.ts';
import { slackLimits } from './limits.ts';
import { shorten } from './slack-text.ts';

/** Text as it is: nothing in it is read as markup, a mention or an emoji. */
export function plainElement(text: string): PlainTextElement {
  return { type: 'plain_text', text, emoji: false };
}

/** A title. */
export function titleBlock(title: string): KnownBlock {
  return { type: 'header', text: plainElement(shorten(title, slackLimits.headerText)) };
}

/** A line of small print, literal text. */
export function contextBlock(text: string): KnownBlock {
  return { type: 'context', elements: [plainElement(shorten(text, slackLimits.contextText))] };
}

/**
 * A button. Its id must be the only one of its kind within a block.
 * @param spoken what screen readers say instead of a label that is too short to be understood alone
 */
export function button(id: ButtonId, label: string, value: string, spoken?: string): Button {
  const text = plainElement(shorten(label, slackLimits.buttonText));
  const read = spoken === undefined ? {} : { accessibility_label: shorten(spoken, slackLimits.buttonText) };
  return { type: 'button', action_id: id, text, value, ...read };
}
