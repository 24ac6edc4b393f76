import { marked, type Token } from 'marked';
import { plainText } from '../../knowledge/plain-text.ts';
import { isList, isTable, noteOf } from './markdown-tokens.ts';
import { alignTable } from './table-block.ts';

/** The text of Markdown without its marks, for notifications, screen readers and where blocks are refused. */
export function toPlainText(markdown: string): string {
  return marked
    .lexer(markdown)
    .flatMap((token) => linesOf(token, ''))
    .join('\n');
}

function linesOf(token: Token, indent: string): string[] {
  if (token.type === 'space') return [''];
  if (token.type === 'code')
    return String(token.text)
      .split('\n')
      .map((line) => `    ${line}`);
  if (isTable(token)) return [alignTable(token)];
  if (isList(token)) {
    const start = typeof token.start === 'number' ? token.start : 1;
    return token.items.flatMap((item, index) => [
      `${indent}${token.ordered ? `${start + index}.` : '•'} ${plainText(item.tokens.filter((child) => !isList(child)))}`,
      ...item.tokens.filter(isList).flatMap((child) => linesOf(child, `${indent}  `)),
    ]);
  }
  if (token.type === 'blockquote') {
    const { label, paragraphs } = noteOf(token);
    return [`${label} ${paragraphs.map((child) => plainText([child])).join('\n')}`.trim()];
  }
  return [plainText([token])];
}
