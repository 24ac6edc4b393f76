import { marked, type Token, type Tokens } from 'marked';

/** Whether a token is a list. */
export function isList(token: Token): token is Tokens.List {
  return token.type === 'list';
}

/** Whether a token is a table. */
export function isTable(token: Token): token is Tokens.Table {
  return token.type === 'table';
}

/** Reads a note (`> [!NOTE]`). @returns its label, such as `Note:`, empty for a plain quotation, and its paragraphs */
export function noteOf(quote: Token): { readonly label: string; readonly paragraphs: readonly Token[] } {
  const text = 'text' in quote ? String(quote.text) : '';
  const kind = /^\[!(\w)(\w*)\]\s*/.exec(text);
  const body = kind ? text.slice(kind[0].length) : text;
  return {
    label: kind ? `${kind[1]}${(kind[2] ?? '').toLowerCase()}:` : '',
    paragraphs: marked.lexer(body).filter((token) => token.type !== 'space'),
  };
}
