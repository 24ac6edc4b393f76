/**
 * Resolves the character references of Markdown text: the lexer leaves them as they are written
 * (https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references).
 */
export function decodeText(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
