import type { RichTextElement, RichTextStyleable } from '@slack/types';
import type { Token } from 'marked';

type Style = NonNullable<RichTextStyleable['style']>;

/** Literal text: Slack shows it as it is and reads no mention or markup in it. Empty text is refused, so it becomes a space. */
export function literal(text: string, style: Style = {}): RichTextElement {
  return { type: 'text', text: text === '' ? ' ' : text, ...(Object.keys(style).length > 0 ? { style } : {}) };
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
        return [literal(decode(token.text), { ...style, code: true })];
      case 'link':
        return [{ type: 'link', url: token.href, text: plainText(token.tokens ?? []) || token.href }];
      case 'br':
        return [literal('\n')];
      case 'checkbox':
        return [literal(token.checked === true ? '☑ ' : '☐ ')];
      default:
        if ('tokens' in token && token.tokens !== undefined) return toRichText(token.tokens, style);
        return [literal(decode('text' in token ? token.text : token.raw), style)];
    }
  });
}

/** The plain text of inline tokens. */
export function plainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if ('tokens' in token && token.tokens !== undefined) return plainText(token.tokens);
      return token.type === 'br' ? '\n' : decode('text' in token ? token.text : token.raw);
    })
    .join('');
}

/** The lexer leaves character references as they are written. */
function decode(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
