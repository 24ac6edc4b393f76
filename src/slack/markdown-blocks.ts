import type { KnownBlock, RichTextBlock, RichTextBlockElement, RichTextList, TableBlock } from '@slack/types';
import { marked, type Token, type Tokens } from 'marked';
import { slackLimits } from './limits.ts';
import { literal, plainText, toRichText } from './rich-text.ts';

/**
 * Converts Markdown of the book's subset to Slack blocks. The first table becomes a table block, since Slack takes one
 * a message; further ones become aligned text.
 */
export function toBlocks(markdown: string): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  let flowing: RichTextBlockElement[] = [];
  let tables = 0;
  const flush = () => {
    if (flowing.length > 0) blocks.push({ type: 'rich_text', elements: flowing } satisfies RichTextBlock);
    flowing = [];
  };
  for (const token of marked.lexer(markdown)) {
    if (isTable(token)) {
      if (tables++ === 0 && fitsTable(token)) {
        flush();
        blocks.push(toTable(token));
      } else flowing.push(preformatted(alignTable(token)));
    } else flowing.push(...toElements(token));
  }
  flush();
  return blocks;
}

function toElements(token: Token): RichTextBlockElement[] {
  if (token.type === 'space') return [];
  if (token.type === 'code') return [preformatted(token.text)];
  if (isList(token)) return toLists(token, 0);
  if (token.type === 'heading') {
    return [
      {
        type: 'rich_text_section',
        elements: [literal('\n'), ...toRichText(token.tokens ?? [], { bold: true }), literal('\n')],
      },
    ];
  }
  if (token.type === 'blockquote') {
    const text = 'text' in token ? String(token.text).replace(/^\[!(\w+)\]\s*/, '') : '';
    const inner = marked.lexer(text).flatMap((child) => toRichText('tokens' in child ? (child.tokens ?? []) : []));
    return inner.length === 0 ? [] : [{ type: 'rich_text_quote', elements: inner }];
  }
  const inline = 'tokens' in token && token.tokens !== undefined ? toRichText(token.tokens) : toRichText([token]);
  return [{ type: 'rich_text_section', elements: [...inline, literal('\n')] }];
}

/** A list with its nested lists, each as a list of its own with a deeper indent, the way Slack wants them. */
function toLists(list: Tokens.List, indent: number): RichTextList[] {
  const lists: RichTextList[] = [];
  const style = list.ordered ? 'ordered' : 'bullet';
  const first = typeof list.start === 'number' ? list.start - 1 : 0;
  for (const [index, item] of list.items.entries()) {
    const inline = item.tokens.filter((token) => !isList(token) && token.type !== 'space');
    const elements = inline.flatMap((token) =>
      token.type === 'code' ? [literal(`\n${token.text}`, { code: true })] : toRichText([token]),
    );
    const section = { type: 'rich_text_section' as const, elements: elements.length > 0 ? elements : [literal(' ')] };
    const open = lists.at(-1);
    if (open && open.indent === indent && index > 0) open.elements.push(section);
    else
      lists.push({
        type: 'rich_text_list',
        style,
        indent,
        ...(first + index > 0 && list.ordered ? { offset: first + index } : {}),
        elements: [section],
      });
    for (const nested of item.tokens.filter(isList)) lists.push(...toLists(nested, indent + 1));
  }
  return lists;
}

function toTable(table: Tokens.Table): TableBlock {
  const rows = [table.header, ...table.rows];
  return {
    type: 'table',
    rows: rows.map((row, index) =>
      row.map((cell) => ({
        type: 'rich_text' as const,
        elements: [{ type: 'rich_text_section' as const, elements: cellElements(cell.tokens, index === 0) }],
      })),
    ),
    column_settings: table.header.map(() => ({ is_wrapped: true })),
  };
}

/** Slack refuses empty cells. */
function cellElements(tokens: readonly Token[], header: boolean) {
  const elements = toRichText(tokens, header ? { bold: true } : {});
  return elements.length > 0 ? elements : [literal(' ')];
}

function fitsTable(table: Tokens.Table): boolean {
  const rows = [table.header, ...table.rows];
  const characters = rows.flat().reduce((sum, cell) => sum + plainText(cell.tokens).length, 0);
  return (
    rows.length <= slackLimits.tableRows &&
    table.header.length <= slackLimits.tableColumns &&
    characters <= slackLimits.tableCharacters
  );
}

function alignTable(table: Tokens.Table): string {
  const rows = [table.header, ...table.rows].map((row) => row.map((cell) => plainText(cell.tokens)));
  const widths = table.header.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Preformatted text. Its content is literal: nothing in it is read as markup or a mention. */
export function preformatted(text: string): RichTextBlockElement {
  return { type: 'rich_text_preformatted', elements: [{ type: 'text', text: text === '' ? ' ' : text }] };
}

function isList(token: Token): token is Tokens.List {
  return token.type === 'list';
}

function isTable(token: Token): token is Tokens.Table {
  return token.type === 'table';
}
