import type { KnownBlock, RichTextElement } from '@slack/types';
import type { Reply, ShowEntry } from '../../assistant/reply.ts';
import { contextBlock, titleBlock } from '../blocks/elements.ts';
import { toBlocks } from '../blocks/markdown-blocks.ts';
import { type SlackMessage, toMessages } from '../blocks/message.ts';
import { narrowHeight } from '../blocks/narrow-height.ts';
import { toPlainText } from '../blocks/plain-markdown.ts';
import { literal, paragraph } from '../blocks/rich-text.ts';
import { shorten } from '../blocks/slack-text.ts';
import { pictureBlock } from '../pictures/picture-block.ts';
import { withoutTables } from './fit-short.ts';
import { controlBlocks, entriesOf, listedEntries } from './reply-controls.ts';
import type { ReplyOptions } from './reply-options.ts';
import { sourceLine, sourceList } from './source-line.ts';

/** Pixels in a narrow window that a short answer may take. */
const tallest = 600;
/** Characters of a question that are shown back. */
const longestQuestion = 500;

/** Shows a reply as Slack messages, nearly always one: question, title, text, sources, controls. */
export function replyMessages(reply: Reply, options: ReplyOptions = {}): SlackMessage[] {
  const text = replyText(reply, options);
  const messages = toMessages(text, replyBlocks(reply, options));
  // The menu has the related questions too.
  return messages.length === 1 || options.length !== 'whole'
    ? messages
    : toMessages(text, blocksOf(reply, options, false));
}

/** What notifications and screen readers say. */
function replyText(reply: Reply, options: ReplyOptions): string {
  const listed = listedEntries(reply, options).map(({ label, gist }, index) => `${index + 1}. ${label} ${gist}`.trim());
  const sources = reply.sources.length > 0 ? [`Sources: ${reply.sources.join(' ')}`] : [];
  return [reply.title, toPlainText(markdownOf(reply, options)), ...listed, ...sources].join('\n');
}

/** The blocks of a reply. A table that makes a short answer long is left for its whole form, where that can be opened. */
export function replyBlocks(reply: Reply, options: ReplyOptions = {}): KnownBlock[] {
  const blocks = blocksOf(reply, options);
  const opens = options.length !== 'whole' && options.asked !== undefined && reply.entry !== null;
  return opens && narrowHeight(blocks) > tallest ? blocksOf(withoutTables(reply), options) : blocks;
}

function blocksOf(reply: Reply, options: ReplyOptions, related = true): KnownBlock[] {
  const { question, sharedBy, tables = true, picture = null } = options;
  return [
    ...(sharedBy === undefined ? [] : [contextBlock(`Shared by ${sharedBy}`)]),
    ...(question === undefined ? [] : [quote(question)]),
    titleBlock(reply.title),
    ...toBlocks(markdownOf(reply, options), { tables }),
    ...(picture === null ? [] : [pictureBlock(picture)]),
    ...numberedList(listedEntries(reply, options)),
    ...(related && options.length === 'whole' && reply.kind === 'answer' ? relatedBlocks(reply) : []),
    ...sourceBlocks(reply, options),
    ...controlBlocks(reply, options),
  ];
}

function markdownOf({ markdown, short }: Reply, { length = 'short' }: ReplyOptions): string {
  return length === 'short' ? short : markdown;
}

function quote(question: string): KnownBlock {
  const elements = [literal(shorten(question, longestQuestion))];
  return { type: 'rich_text', elements: [{ type: 'rich_text_quote', elements }] };
}

function relatedBlocks(reply: Reply): KnownBlock[] {
  const related = entriesOf(reply);
  return related.length === 0
    ? []
    : [paragraph([literal('Related questions', { bold: true })]), ...numberedList(related)];
}

/** Entries by number, each with its whole title and a line of what it answers. */
function numberedList(entries: readonly ShowEntry[]): KnownBlock[] {
  if (entries.length === 0) return [];
  const elements = entries.map(({ label, gist }) => {
    const line: RichTextElement[] = gist === '' ? [] : [literal(`\n${gist}`)];
    return { type: 'rich_text_section' as const, elements: [literal(label, { bold: true }), ...line] };
  });
  return [{ type: 'rich_text', elements: [{ type: 'rich_text_list', style: 'ordered', elements }] }];
}

function sourceBlocks({ sources }: Reply, { length = 'short' }: ReplyOptions): KnownBlock[] {
  if (sources.length === 0) return [];
  return [length === 'short' ? sourceLine(sources) : sourceList(sources)];
}
