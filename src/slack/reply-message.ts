import type { Button, KnownBlock } from '@slack/types';
import type { Action, Reply } from '../assistant/reply.ts';
import { actionIds } from './action-ids.ts';
import { slackLimits } from './limits.ts';
import { toBlocks } from './markdown-blocks.ts';
import { type SlackMessage, toMessage } from './message.ts';
import { escapeText, shorten } from './slack-text.ts';

/** Buttons beside the demo's that one reply shows at most. */
const mostChoices = 5;

/**
 * Shows a reply as a Slack message: title, text, sources, buttons.
 * @param options.question what was asked, shown above a private answer, where Slack does not keep it visible
 * @param options.shareable adds the Share button of a private answer
 */
export function replyMessage(
  reply: Reply,
  options: { readonly question?: string; readonly shareable?: boolean } = {},
): SlackMessage {
  const blocks: KnownBlock[] = [];
  if (options.question !== undefined) {
    const text = shorten(options.question, 500);
    blocks.push({ type: 'rich_text', elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text }] }] });
  }
  blocks.push({
    type: 'header',
    text: { type: 'plain_text', text: shorten(reply.title, slackLimits.headerText), emoji: false },
  });
  blocks.push(...toBlocks(reply.markdown));
  if (reply.sources.length > 0) blocks.push(sourcesBlock(reply.sources));
  const buttons = [
    ...reply.actions.filter(isDemo),
    ...reply.actions.filter((action) => !isDemo(action)).slice(0, mostChoices),
  ].map(toButton);
  if (options.shareable === true && reply.entry !== null) buttons.push(shareButton(reply.entry));
  if (buttons.length > 0) blocks.push({ type: 'actions', elements: buttons });
  return toMessage(`${reply.title}\n${firstParagraph(reply.markdown)}`, blocks);
}

function isDemo(action: Action): boolean {
  return action.type === 'run-demo';
}

function toButton(action: Action, index: number): Button {
  const text = { type: 'plain_text' as const, text: shorten(action.label, slackLimits.buttonText), emoji: false };
  if (action.type === 'run-demo') {
    return { type: 'button', action_id: actionIds.runDemo, text, value: action.demo, style: 'primary' };
  }
  return { type: 'button', action_id: `${actionIds.showEntry}_${index}`, text, value: action.entry };
}

function shareButton(entry: string): Button {
  return {
    type: 'button',
    action_id: actionIds.share,
    text: { type: 'plain_text', text: 'Share', emoji: false },
    value: entry,
  };
}

function sourcesBlock(sources: readonly string[]): KnownBlock {
  const links = sources.map((source) => `<${escapeText(source)}|${escapeText(shortAddress(source))}>`);
  return { type: 'context', elements: [{ type: 'mrkdwn', text: shortenLinks(links) }] };
}

/** Whole links only: half a link would show as broken markup. */
function shortenLinks(links: readonly string[]): string {
  let text = 'Sources:';
  for (const link of links) {
    if (text.length + link.length + 3 > slackLimits.contextText) break;
    text += `${text.endsWith(':') ? ' ' : ' · '}${link}`;
  }
  return text;
}

function shortAddress(address: string): string {
  return address.replace(/^https:\/\//, '').replace(/\/$/, '');
}

function firstParagraph(markdown: string): string {
  return (markdown.split(/\n\s*\n/)[0] ?? '').replace(/[*`]/g, '');
}
