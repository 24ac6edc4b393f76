import type { KnownBlock, RichTextBlockElement, TableBlock } from '@slack/types';
import { cellText, inlineText } from './simple-blocks.ts';

/**
 * How Slack's desktop client sets text in a thread's pane or a narrow window, 480 pixels wide: characters a line, pixels
 * a line, and pixels of a block beside its lines. Measured, and near enough to tell what is short from what is long.
 */
const type = {
  title: { characters: 42, line: 24, around: 12 },
  text: { characters: 60, line: 22, around: 0 },
  quote: { characters: 52, line: 22, around: 8 },
  item: { characters: 50, line: 22, around: 0 },
  code: { characters: 52, line: 18, around: 26 },
  small: { characters: 62, line: 19, around: 8 },
} as const;
type Kind = keyof typeof type;

/** Pixels of a row of buttons; a menu beside two buttons takes a second one. */
const rowOfControls = 36;
/** Pixels of a pair of thumbs. */
const rowOfThumbs = 28;
/** Pixels of a picture, which Slack shows 360 pixels wide at most. */
const pictureHeight = 250;
/** Pixels above and below what a message says: the name, the margins. */
const aroundMessage = 40;

/** Characters and pixels of a table: all columns together, the lines of a row, what is around each cell. */
const grid = { characters: 65, line: 22, around: 13, columnGap: 3 } as const;

/** About how high a message of these blocks stands in a narrow window, in pixels. */
export function narrowHeight(blocks: readonly KnownBlock[]): number {
  return blocks.reduce((height, block) => height + blockHeight(block), aroundMessage);
}

function blockHeight(block: KnownBlock): number {
  switch (block.type) {
    case 'header':
      return textHeight(block.text.text, 'title');
    case 'rich_text':
      return block.elements.reduce((height, part) => height + partHeight(part), 8);
    case 'table':
      return tableHeight(block);
    case 'context':
      return textHeight(block.elements.map((each) => ('text' in each ? labels(each.text) : '')).join(' '), 'small');
    case 'actions':
      return rowOfControls * (block.elements.length > 2 ? 2 : 1);
    case 'image':
      return pictureHeight;
    default:
      return rowOfThumbs;
  }
}

/** A text with each link as its label, as it is shown. */
function labels(text: string): string {
  return text.replaceAll(/<[^<>|]*\|([^<>]*)>/g, '$1');
}

function partHeight(part: RichTextBlockElement): number {
  switch (part.type) {
    case 'rich_text_list':
      return part.elements.reduce((height, { elements }) => height + textHeight(inlineText(elements), 'item'), 0);
    case 'rich_text_preformatted':
      return textHeight(inlineText(part.elements), 'code');
    case 'rich_text_quote':
      return textHeight(inlineText(part.elements), 'quote');
    default:
      return textHeight(inlineText(part.elements), 'text');
  }
}

function textHeight(text: string, kind: Kind): number {
  const { characters, line, around } = type[kind];
  return linesOf(text, characters) * line + around;
}

function linesOf(text: string, characters: number): number {
  return text.split('\n').reduce((lines, each) => lines + Math.max(1, Math.ceil(each.length / characters)), 0);
}

/** Columns share the room by what is in them, as browsers set tables. */
function tableHeight({ rows }: TableBlock): number {
  const texts = rows.map((row) => row.map(cellText));
  const widest = (texts[0] ?? []).map((_, column) => Math.max(...texts.map((row) => row[column]?.length ?? 0)));
  const room = grid.characters - grid.columnGap * widest.length;
  const all = widest.reduce((sum, width) => sum + width, 0);
  const share = Math.min(1, room / Math.max(1, all));
  return texts.reduce((height, row) => {
    const lines = row.map((text, column) => linesOf(text, Math.max(6, (widest[column] ?? 0) * share)));
    return height + Math.max(1, ...lines) * grid.line + grid.around;
  }, 8);
}
