import { marked, type Token, type Tokens } from 'marked';
import { alignColumns } from '../knowledge/align-columns.ts';
import { decodeText } from '../knowledge/decode-text.ts';
import type { Style } from './terminal.ts';

/** Renders Markdown of the book's subset as text for a terminal. */
export function renderMarkdown(markdown: string, style: Style): string {
  return marked
    .lexer(markdown)
    .map((token) => renderBlock(token, style, ''))
    .filter((text) => text !== '')
    .join('\n\n');
}

function renderBlock(token: Token, style: Style, indent: string): string {
  if (isList(token)) return renderList(token, style, indent);
  if (isTable(token)) return renderTable(token, style);
  switch (token.type) {
    case 'heading':
      return style.bold(renderInline(token.tokens ?? [], style));
    case 'paragraph':
    case 'text':
      return renderInline(token.tokens ?? [token], style);
    case 'code':
      return token.text
        .split('\n')
        .map((line: string) => `${indent}    ${style.accent(line)}`)
        .join('\n');
    case 'blockquote':
      return renderNote(token, style);
    default:
      return '';
  }
}

function renderList(list: Tokens.List, style: Style, indent: string): string {
  const start = list.start === '' ? 1 : list.start;
  return list.items
    .map((item, index) => {
      const bullet = list.ordered ? `${start + index}.` : '-';
      const inner = `${indent}${' '.repeat(bullet.length + 1)}`;
      const parts = item.tokens
        .filter((token) => token.type !== 'space')
        .map((token) => (isList(token) ? renderList(token, style, inner) : renderBlock(token, style, inner)));
      return `${indent}${bullet} ${parts.join('\n')}`;
    })
    .join('\n');
}

function renderTable(table: Tokens.Table, style: Style): string {
  const none: Style = { bold: same, faint: same, good: same, bad: same, accent: same };
  const rows = [table.header, ...table.rows].map((row) => row.map((cell) => renderInline(cell.tokens, none)));
  const { lines, widths } = alignColumns(rows);
  const [head = '', ...body] = lines;
  return [style.bold(head), style.faint(widths.map((width) => '─'.repeat(width)).join('  ')), ...body].join('\n');
}

function renderNote(token: Token, style: Style): string {
  const text = 'text' in token ? token.text.replace(/^\[!(\w+)\]\s*/, '') : '';
  return renderMarkdown(text, style)
    .split('\n')
    .map((line) => `${style.faint('│')} ${line}`)
    .join('\n');
}

function renderInline(tokens: readonly Token[], style: Style): string {
  return tokens
    .map((token) => {
      if (token.type === 'strong') return style.bold(renderInline(token.tokens ?? [], style));
      if (token.type === 'codespan') return style.accent(decodeText(token.text));
      if (token.type === 'link') return renderLink(token.href, renderInline(token.tokens ?? [], style));
      if (token.type === 'br') return '\n';
      if ('tokens' in token && token.tokens !== undefined) return renderInline(token.tokens, style);
      return 'text' in token ? decodeText(token.text) : token.raw;
    })
    .join('');
}

function renderLink(address: string, text: string): string {
  return text === address ? address : `${text} (${address})`;
}

function isList(token: Token): token is Tokens.List {
  return token.type === 'list';
}

function isTable(token: Token): token is Tokens.Table {
  return token.type === 'table';
}

function same(text: string): string {
  return text;
}
