import type {
  Button,
  ContextActionsBlock,
  KnownBlock,
  RichTextBlock,
  RichTextBlockElement,
  RichTextElement,
  TableBlock,
} from '@slack/types';
import { slackLimits } from './limits.ts';
import { divideLines } from './slack-text.ts';

/**
 * Says the same with the oldest kinds of blocks: text in sections, and the buttons and fields as they are. For where the
 * newer kinds are refused, since a text alone has no buttons.
 */
export function simpleBlocks(blocks: readonly KnownBlock[]): KnownBlock[] {
  const simple: KnownBlock[] = [];
  let lines: string[] = [];
  const flush = () => {
    const parts = divideLines(lines.join('\n').trim(), slackLimits.sectionText);
    simple.push(...parts.filter((part) => part.trim() !== '').map(section));
    lines = [];
  };
  for (const each of blocks) {
    const block = each.type === 'context_actions' ? plainActions(each) : each;
    const text = textOf(block);
    if (text === null) {
      flush();
      simple.push(block);
    } else lines.push(text, '');
  }
  flush();
  return simple;
}

/** Literal text: nothing in it is read as markup or a mention. */
function section(text: string): KnownBlock {
  return { type: 'section', text: { type: 'plain_text', text, emoji: false } };
}

/** Pairs of buttons as buttons of their own. */
function plainActions({ elements }: ContextActionsBlock): KnownBlock {
  const halves = elements.flatMap((element) =>
    element.type === 'feedback_buttons'
      ? [element.positive_button, element.negative_button].map((half) => ({ id: element.action_id ?? '', ...half }))
      : [],
  );
  const buttons = halves.map(
    ({ id, text, value }, index): Button => ({
      ...{ type: 'button', action_id: index === 0 ? id : `${id}_${index}`, text, value },
    }),
  );
  return { type: 'actions', elements: buttons };
}

/** The text of a block; null for one that is more than text, or as old as sections. */
function textOf(block: KnownBlock): string | null {
  switch (block.type) {
    case 'header':
      return block.text.text;
    case 'rich_text':
      return richText(block);
    case 'table':
      return table(block);
    case 'context':
      return block.elements.map((element) => ('text' in element ? unmarked(element) : '')).join(' ');
    default:
      return null;
  }
}

function richText({ elements }: RichTextBlock): string {
  return elements.map(partText).join('\n');
}

function partText(part: RichTextBlockElement): string {
  if (part.type !== 'rich_text_list') return inlineText(part.elements);
  const { indent = 0, style } = part;
  const offset = 'offset' in part && typeof part.offset === 'number' ? part.offset : 0;
  return part.elements
    .map(({ elements }, index) => {
      const mark = style === 'ordered' ? `${offset + index + 1}.` : '•';
      return `${'  '.repeat(indent)}${mark} ${inlineText(elements)}`;
    })
    .join('\n');
}

/** The text of inline elements. */
export function inlineText(elements: readonly RichTextElement[]): string {
  return elements.map(elementText).join('');
}

function elementText(element: RichTextElement): string {
  switch (element.type) {
    case 'text':
      return element.text;
    case 'link':
      return element.text === undefined ? element.url : `${element.text} (${element.url})`;
    case 'user':
      return `@${element.user_id}`;
    case 'channel':
      return `#${element.channel_id}`;
    default:
      return '';
  }
}

function table({ rows }: TableBlock): string {
  return rows.map((row) => row.map(cellText).join(' | ')).join('\n');
}

/** The text of a cell of a table. */
export function cellText(cell: TableBlock['rows'][number][number]): string {
  return cell.type === 'rich_text' ? richText(cell) : cell.text;
}

/** A text without the marks of its links, which are all the markup that this app writes. */
function unmarked({ type, text }: { readonly type: string; readonly text: string }): string {
  if (type !== 'mrkdwn') return text;
  const addresses = text.replace(/<([^<>|]*)\|[^<>]*>/g, '$1');
  return addresses.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
