import type { RichTextBlockElement, RichTextElement, RichTextPreformatted, RichTextStyleable } from '@slack/types';
import type { Token } from 'marked';
import { decodeText } from '../../knowledge/decode-text.ts';
import { plainText } from '../../knowledge/plain-text.ts';

type Style = NonNullable<RichTextStyleable['style']>;

/** Literal text: Slack shows it as it is and reads no mention or markup in it. Empty text is refused, so it becomes a space. */
export function literal(text: string, style: Style = {}): RichTextElement {
  return { type: 'text', text: text === '' ? ' ' : text, ...(Object.keys(style).length > 0 ? { style } : {}) };
}

/** The language is missing in Slack's types (https://docs.slack.dev/reference/block-kit/block-elements/rich-text-preformatted-element). */
interface Code extends RichTextPreformatted {
  readonly language?: string;
}

/**
 * Preformatted text. Its content is literal: nothing in it is read as markup or a mention.
 * @param language for the colours, as a code fence names it; empty for none
 */
export function preformatted(text: string, language = ''): RichTextBlockElement {
  const code: Code = {
    type: 'rich_text_preformatted',
    elements: [{ type: 'text', text: text === '' ? ' ' : text }],
    ...(language === '' ? {} : { language }),
  };
  return code;
}

/** A block of one paragraph. */
export function paragraph(elements: RichTextElement[]) {
  return { type: 'rich_text' as const, elements: [{ type: 'rich_text_section' as const, elements }] };
}

/** One sentence of the book, such as a claim: what stands between backticks is code, all else is literal. */
export function withCode(sentence: string, style: Style = {}): RichTextElement[] {
  return sentence
    .split('`')
    .flatMap((part, index) => (part === '' ? [] : [literal(part, index % 2 === 1 ? { ...style, code: true } : style)]));
}

/** Converts inline Markdown tokens of the book to rich text elements. */
export function toRichText(tokens: readonly Token[], style: Style = {}): RichTextElement[] {
  return tokens.flatMap((token): RichTextElement[] => {
    switch (token.type) {
      case 'strong':
        return toRichText(token.tokens ?? [], { ...style, bold: true });
      case 'em':
        return toRichText(token.tokens ?? [], { ...style, italic: true });
      case 'codespan':
        return [literal(token.text, { ...style, code: true })];
      case 'link': {
        const label = plainText(token.tokens ?? []) || token.href;
        if (!/^https?:\/\//.test(token.href)) return [literal(label, style)];
        return [{ type: 'link', url: token.href, text: label, ...(Object.keys(style).length > 0 ? { style } : {}) }];
      }
      case 'br':
        return [literal('\n')];
      case 'checkbox':
        return [literal(token.checked === true ? '☑ ' : '☐ ')];
      default:
        if ('tokens' in token && token.tokens !== undefined) return toRichText(token.tokens, style);
        return [literal(decodeText('text' in token ? token.text : token.raw), style)];
    }
  });
}
