import type { Token } from 'marked';
import { decodeText } from './decode-text.ts';

/** The text of inline Markdown tokens without their marks. */
export function plainText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'codespan') return token.text;
      if ('tokens' in token && token.tokens !== undefined) return plainText(token.tokens);
      return token.type === 'br' ? '\n' : decodeText('text' in token ? token.text : token.raw);
    })
    .join('');
}
