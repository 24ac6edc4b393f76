import type { KnownBlock, RichTextBlockElement, RichTextElement } from '@slack/types';
import { marked, type Token } from 'marked';
import { plainText } from '../../knowledge/plain-text.ts';
import { slackLimits } from './limits.ts';
import { toLists } from './list-elements.ts';
import { isList, isTable, noteOf } from './markdown-tokens.ts';
import { literal, preformatted, toRichText } from './rich-text.ts';
import { divideLines, divideSentences } from './slack-text.ts';
import { alignTable, toTable } from './table-block.ts';

/**
 * Converts Markdown of the book's subset to Slack blocks, none much larger than `slackLimits.blockJson`. The first
 * table becomes a table block, since Slack takes one a message; further ones become aligned text.
 * @param options.tables false where no table block is allowed, as in modals
 */
export function toBlocks(markdown: string, { tables = true }: { readonly tables?: boolean } = {}): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  let flowing: RichTextBlockElement[] = [];
  let afterHeading = false;
  let tablesLeft = tables ? 1 : 0;
  const flush = () => {
    if (flowing.length > 0) blocks.push({ type: 'rich_text', elements: flowing });
    flowing = [];
  };
  for (const token of marked.lexer(markdown)) {
    const table = isTable(token) && tablesLeft > 0 ? toTable(token) : null;
    if (table) {
      flush();
      tablesLeft--;
      blocks.push(table);
      continue;
    }
    for (const element of toElements(token)) {
      if (JSON.stringify([...flowing, element]).length > slackLimits.blockJson) flush();
      // Slack shows sections without a gap between them, and a heading belongs to what comes after it.
      const between = flowing.at(-1)?.type === 'rich_text_section' && element.type === 'rich_text_section';
      if (flowing.length > 0 && (token.type === 'heading' || (between && !afterHeading)))
        flowing.push(section([literal('\n')]));
      flowing.push(element);
      afterHeading = token.type === 'heading';
    }
  }
  flush();
  return blocks;
}

function toElements(token: Token): RichTextBlockElement[] {
  if (token.type === 'space') return [];
  if (token.type === 'code') {
    const language = String(token.lang ?? '').split(/\s/)[0] ?? '';
    return divideLines(token.text, slackLimits.elementText).map((part) => preformatted(part, language));
  }
  if (isTable(token)) return divideLines(alignTable(token), slackLimits.elementText).map((part) => preformatted(part));
  if (isList(token)) return toLists(token, 0);
  if (token.type === 'blockquote') {
    const { label, paragraphs } = noteOf(token);
    const inner = paragraphs.flatMap((child, index) => [
      ...(index > 0 ? [literal('\n')] : []),
      ...toRichText('tokens' in child ? (child.tokens ?? []) : [child]),
    ]);
    const elements = [...(label === '' ? [] : [literal(`${label} `, { bold: true })]), ...inner];
    return elements.length === 0 ? [] : [{ type: 'rich_text_quote', elements }];
  }
  const inline = 'tokens' in token && token.tokens !== undefined ? token.tokens : [token];
  const whole = section(toRichText(inline, token.type === 'heading' ? { bold: true } : {}));
  const text = plainText(inline);
  if (text.length <= slackLimits.elementText && JSON.stringify(whole).length <= slackLimits.blockJson) return [whole];
  return divideSentences(text, slackLimits.elementText).map((part) => section([literal(part)]));
}

function section(elements: RichTextElement[]) {
  return { type: 'rich_text_section' as const, elements };
}
