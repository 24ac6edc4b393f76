import type { Token } from 'marked';
import type { Fault } from './fault.ts';

const blocks = new Set(['paragraph', 'list', 'table', 'code', 'heading', 'blockquote', 'space', 'list_item', 'text']);
const inlines = new Set(['text', 'strong', 'em', 'codespan', 'link', 'escape', 'br']);
const noteStart = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]/;
const headingLevel = 2;

/**
 * Checks that a body uses only the Markdown that every surface can show: paragraphs, lists, tables, code fences,
 * emphasis, links, headings of one level, and notes (`> [!NOTE]`).
 * @param tokens the body as the lexer reads it
 * @param firstLine the line of the file on which the body starts
 * @returns one fault for each construct that is not allowed
 */
export function checkBody(file: string, tokens: readonly Token[], firstLine: number): Fault[] {
  const faults: Fault[] = [];
  let line = firstLine;
  for (const token of tokens) {
    visit(token, (problem, remedy) => faults.push({ file, line, problem, remedy }));
    line += token.raw.split('\n').length - 1;
  }
  return faults;
}

type Report = (problem: string, remedy: string) => void;

function visit(token: Token, report: Report): void {
  if (token.type === 'heading' && token.depth !== headingLevel) {
    report(`A heading of level ${token.depth}`, 'Use ## for every heading');
  } else if (token.type === 'blockquote' && !noteStart.test(token.text)) {
    report('A plain quotation', 'Make it a note (> [!NOTE]) or a paragraph');
  } else if (token.type === 'link' && !/^https:\/\//.test(token.href)) {
    report(`A link to "${token.href}"`, 'Link to an https address');
  } else if (!blocks.has(token.type) && !inlines.has(token.type) && token.type !== 'checkbox') {
    const name = token.type === 'html' ? `HTML (${token.raw.trim().slice(0, 30)})` : `A Markdown ${token.type}`;
    report(`${name} is not allowed in a body`, 'Use paragraphs, lists, tables, code fences, emphasis, links and notes');
  }
  for (const child of childrenOf(token)) visit(child, report);
}

/** The tokens within a token: items, cells, paragraphs, words. */
export function childrenOf(token: Token): Token[] {
  if (token.type === 'list') return token.items;
  if (token.type === 'table') {
    const rows: { tokens: Token[] }[][] = [token.header, ...token.rows];
    return rows.flat().flatMap((cell) => cell.tokens);
  }
  return 'tokens' in token ? (token.tokens ?? []) : [];
}
