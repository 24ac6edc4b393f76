import { marked, type Token, type Tokens } from 'marked';
import { childrenOf } from '../check-body.ts';
import type { Report } from '../fault.ts';
import { shortAnswer } from '../short-answer.ts';
import { readSections } from './passages.ts';

/** The most characters of text, without blocks: what a person reads before deciding whether to read on. */
export const longestShortAnswer = 600;
/** The most lines of a code fence, and rows of a table below its header, in a short answer. */
export const longestBlock = 6;

/**
 * Checks that a body begins with a short answer that stands alone: some text, and beside it at most one short fence or
 * one short table.
 * @param firstLine the line of the file on which the body starts
 */
export function checkShortAnswer(body: string, firstLine: number, report: Report): void {
  const tokens = marked.lexer(shortAnswer(body));
  const passages = readSections(tokens, firstLine).flat();
  if (passages[0]?.kind !== 'prose') {
    report(firstLine, 'The body does not begin with its answer in words', 'Write one to four sentences first');
    return;
  }
  const prose = passages.filter(({ kind }) => kind === 'prose');
  const characters = prose.map(({ text }) => text).join(' ').length;
  if (characters > longestShortAnswer) {
    const problem = `The short answer, all before the first heading, has ${characters} characters of text, more than ${longestShortAnswer}`;
    report(firstLine, problem, 'Answer in a few sentences, and move the rest below a ## heading');
  }
  const blocks = blocksOf(tokens);
  if (blocks.length > 1) {
    const problem = `The short answer has ${blocks.length} code fences and tables`;
    report(firstLine, problem, 'Keep the one that people need most, and move the others below a ## heading');
  }
  for (const block of blocks) {
    const [length, unit] =
      block.type === 'code' ? [block.text.split('\n').length, 'lines of code'] : [block.rows.length, 'rows'];
    if (length <= longestBlock) continue;
    const problem = `The short answer has ${length} ${unit}, more than ${longestBlock}`;
    report(firstLine, problem, 'Keep what people need most, and move the whole below a ## heading');
  }
}

/** The fences and tables among tokens, those in lists and notes too. */
function blocksOf(tokens: readonly Token[]): (Tokens.Code | Tokens.Table)[] {
  return tokens.flatMap((token) => {
    if (token.type === 'code') return [token as Tokens.Code];
    if (token.type === 'table') return [token as Tokens.Table];
    return blocksOf(childrenOf(token));
  });
}
