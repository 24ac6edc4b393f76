import { marked, type Token } from 'marked';

/**
 * Takes the short answer out of a body: everything before its first heading, which stands alone.
 * @param body in the Markdown subset of the book
 * @returns Markdown without space around it; the whole body where it has no heading, empty where it begins with one
 */
export function shortAnswer(body: string): string {
  const tokens: Token[] = marked.lexer(body);
  const heading = tokens.findIndex(({ type }) => type === 'heading');
  const short = heading === -1 ? tokens : tokens.slice(0, heading);
  return short
    .map(({ raw }) => raw)
    .join('')
    .trim();
}
