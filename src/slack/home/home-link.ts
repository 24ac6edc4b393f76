import type { RichTextBlock } from '@slack/types';
import { literal, paragraph } from '../blocks/rich-text.ts';

const slackId = /^[A-Z0-9]+$/;

/**
 * The address of the app's home (https://api.slack.com/docs/deep-linking).
 * @returns null where what stands in Slack's place does not tell which app it is
 */
export function homeAddress(team: string, app: string): string | null {
  return slackId.test(team) && slackId.test(app) ? `slack://app?team=${team}&id=${app}&tab=home` : null;
}

/** Leads to the app's home, which has all of the book. */
export function homeLink(address: string): RichTextBlock {
  return paragraph([
    literal('The whole book, all demos and a search box are in '),
    { type: 'link', url: address, text: 'my home' },
    literal('.'),
  ]);
}
