import type { Button, KnownBlock } from '@slack/types';
import type { Action, Reply } from '../../assistant/reply.ts';
import { button, titleBlock } from '../blocks/elements.ts';
import { slackLimits } from '../blocks/limits.ts';
import { toBlocks } from '../blocks/markdown-blocks.ts';
import { type SlackMessage, toMessages } from '../blocks/message.ts';
import { toPlainText } from '../blocks/plain-markdown.ts';
import { escapeText, shorten } from '../blocks/slack-text.ts';
import { askHumanButton } from '../open-questions/ask-human.ts';
import { actionIds, numbered } from '../presses/action-ids.ts';
import { type AnswerRef, writeRef } from './answer-ref.ts';
import { feedbackButtons } from './vote-actions.ts';

/** Buttons beside the demo's that one reply shows at most. */
const mostChoices = 5;
/** Characters of a question that are shown back. */
const longestQuestion = 500;

/** How a reply is shown. */
export interface ReplyOptions {
  /** What was asked, shown above the answer where Slack does not keep it visible. */
  readonly question?: string;
  /** Adds the Share button of a private answer; names the thread that it shares to, if any. */
  readonly share?: { readonly thread?: string };
  /** False where no table block is allowed, as in modals. */
  readonly tables?: boolean;
  /** What was asked, for the buttons; without it nothing can be voted on. */
  readonly asked?: Asked;
  /** Whether a person is named who can be asked instead. */
  readonly human?: boolean;
}

/** A question as the buttons of its reply remember it. */
export type Asked = Required<Pick<AnswerRef, 'question' | 'event'>>;

/** Shows a reply as Slack messages, nearly always one: question, title, text, sources, buttons. */
export function replyMessages(reply: Reply, options: ReplyOptions = {}): SlackMessage[] {
  const sources = reply.sources.length > 0 ? `\nSources: ${reply.sources.join(' ')}` : '';
  return toMessages(`${reply.title}\n${toPlainText(reply.markdown)}${sources}`, replyBlocks(reply, options));
}

/** The blocks of a reply. */
export function replyBlocks(reply: Reply, options: ReplyOptions = {}): KnownBlock[] {
  const { question, share, tables = true, asked } = options;
  const blocks: KnownBlock[] = [];
  if (question !== undefined) {
    const text = shorten(question, longestQuestion);
    blocks.push({ type: 'rich_text', elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text }] }] });
  }
  blocks.push(titleBlock(reply.title), ...toBlocks(reply.markdown, { tables }));
  if (reply.sources.length > 0) blocks.push(sourcesBlock(reply.sources));
  const shown = reply.actions
    .filter(isDemo)
    .concat(reply.actions.filter((action) => !isDemo(action)).slice(0, mostChoices));
  const buttons = shown.flatMap((action, index) => [
    toButton(action, index, reply.kind, asked),
    ...(action.type === 'run-demo' && asked !== undefined ? runButtons(action.demo, share === undefined) : []),
  ]);
  if (share !== undefined && reply.entry !== null) {
    buttons.push(button(actionIds.share, 'Share', writeRef({ entry: reply.entry, question, ...share })));
  }
  if (buttons.length > 0) blocks.push({ type: 'actions', elements: buttons });
  if (asked !== undefined) blocks.push(...feedbackBlocks(reply, asked, options.human === true));
  return blocks;
}

/** The buttons by which people say whether an answer helped, or ask a person where there is none. */
function feedbackBlocks({ kind, entry }: Reply, asked: Asked, human: boolean): KnownBlock[] {
  if (kind === 'unknown' && human) {
    return [{ type: 'actions', elements: [askHumanButton(asked)] }];
  }
  if (kind !== 'answer' || entry === null) return [];
  return [{ type: 'actions', elements: feedbackButtons({ entry, ...asked }) }];
}

/** Further ways to run a demo. A prediction is for others too, so it has no place in a private answer. */
function runButtons(demo: string, open: boolean): Button[] {
  return [
    button(actionIds.runSteps, 'Step by step', demo),
    ...(open ? [button(actionIds.predict, 'Predict first', demo)] : []),
  ];
}

function isDemo(action: Action): boolean {
  return action.type === 'run-demo';
}

/** Of several answers one is chosen, so it takes the place of the question; related ones come beside the answer. */
function toButton(action: Action, index: number, kind: Reply['kind'], asked: Asked | undefined): Button {
  if (action.type === 'run-demo')
    return { ...button(numbered(actionIds.runDemo, index), action.label, action.demo), style: 'primary' };
  if (kind !== 'choices') return button(numbered(actionIds.showEntry, index), action.label, action.entry);
  return button(numbered(actionIds.chooseEntry, index), action.label, writeRef({ entry: action.entry, ...asked }));
}

function sourcesBlock(sources: readonly string[]): KnownBlock {
  const links = sources.map((source) => `<${escapeText(source)}|${escapeText(shortAddress(source))}>`);
  return { type: 'context', elements: [{ type: 'mrkdwn', text: joinWhole(links) }] };
}

/** Whole links only: half a link would show as broken markup. */
function joinWhole(links: readonly string[]): string {
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
