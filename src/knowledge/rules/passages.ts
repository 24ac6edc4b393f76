import type { Token, Tokens } from 'marked';

/** A piece of a body that is read as one: a paragraph, an item, a row of a table, a note, or a fence. */
export interface Passage {
  readonly kind: 'prose' | 'row' | 'code';
  /** Its text in Markdown, without emphasis and link targets; a row says `header: cell; header: cell`. */
  readonly text: string;
  /** Language of a fence; empty for prose. */
  readonly language: string;
  /** Line of the file, counted from 1. */
  readonly line: number;
}

/**
 * Splits a body into its sections, each of the passages under one heading, in reading order.
 * @param tokens the body as the lexer reads it
 * @param firstLine the line of the file on which the body starts
 */
export function readSections(tokens: readonly Token[], firstLine: number): Passage[][] {
  const sections: Passage[][] = [[]];
  let line = firstLine;
  for (const token of tokens) {
    if (token.type === 'heading') sections.push([]);
    sections.at(-1)?.push(...passagesOf(token, line));
    line += newlines(token.raw);
  }
  return sections.filter((passages) => passages.length > 0);
}

/** Stands for inline code while sentences are split; no text has it (a character for private use). */
const mark = '\uE000';
const masked = new RegExp(`${mark}(\\d+)${mark}`, 'g');

/** Splits prose into sentences; a full stop inside of inline code ends none. */
export function sentencesOf(text: string): string[] {
  const codes: string[] = [];
  const prose = text.replace(/`+[^`]*`+/g, (code) => `${mark}${codes.push(code) - 1}${mark}`);
  return prose
    .split(/(?<=[.!?]["”)]?)\s+/)
    .map((sentence) => sentence.replace(masked, (_, index) => codes[Number(index)] ?? '').trim())
    .filter((sentence) => sentence !== '');
}

/** What stands between backticks in a text, in its order. */
export function inlineCodes(text: string): string[] {
  return [...text.matchAll(/`+([^`]+)`+/g)].map((match) => (match[1] ?? '').trim());
}

function passagesOf(token: Token, line: number): Passage[] {
  switch (token.type) {
    case 'code':
      return [{ kind: 'code', text: token.text, language: token.lang ?? '', line: line + (token.lang ? 1 : 0) }];
    case 'list':
      return inOrder(token.items, line);
    case 'list_item':
    case 'blockquote':
      return inOrder(token.tokens ?? [], line);
    case 'table':
      return rowsOf(token as Tokens.Table, line);
    case 'space':
      return [];
    default:
      return [{ kind: 'prose', text: plain(token.raw), language: '', line }];
  }
}

function inOrder(tokens: readonly Token[], line: number): Passage[] {
  let at = line;
  return tokens.flatMap((token) => {
    const passages = passagesOf(token, at);
    at += newlines(token.raw);
    return passages;
  });
}

function rowsOf({ header, rows }: Tokens.Table, line: number): Passage[] {
  const headings = header.map(({ text }) => plain(text));
  return rows.map((cells, index) => {
    const text = cells
      .map((cell, column) => [headings[column], plain(cell.text)].filter(Boolean).join(': '))
      .join('; ');
    // Below the header and the line under it.
    return { kind: 'row', text, language: '', line: line + 2 + index };
  });
}

function plain(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\[!\w+\]\s*/g, '')
    .replace(/^#+\s+/, '')
    .replace(/\*\*/g, '')
    .trim();
}

function newlines(raw: string): number {
  return raw.split('\n').length - 1;
}
