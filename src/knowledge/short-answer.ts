import { marked, type Token } from 'marked';
import { plainText } from './plain-text.ts';

/** A body in two: what stands alone, and the rest. Both are Markdown without space around it. */
export interface DividedBody {
  /** Everything before the first heading; the whole body where it has none, empty where it begins with one. */
  readonly short: string;
  /** From the first heading on; empty where there is none. */
  readonly more: string;
}

/** Divides a body at its first heading. @param body in the Markdown subset of the book */
export function divideBody(body: string): DividedBody {
  const tokens: Token[] = marked.lexer(body);
  const heading = tokens.findIndex(({ type }) => type === 'heading');
  const end = heading === -1 ? tokens.length : heading;
  const textOf = (part: readonly Token[]) =>
    part
      .map(({ raw }) => raw)
      .join('')
      .trim();
  return { short: textOf(tokens.slice(0, end)), more: textOf(tokens.slice(end)) };
}

/** The short answer of a body, which stands alone: see `DividedBody`. */
export function shortAnswer(body: string): string {
  return divideBody(body).short;
}

/** The longest gist, in characters, and the shortest that a longer sentence is cut to at the end of a clause. */
const longestGist = 120;
const shortestGist = 50;
/** A sentence shorter than this, such as "No.", says little without the next one. */
const tellingGist = 30;

/**
 * What a body says in one line, for lists: its first sentence, or two where that is very short.
 * @returns plain text, at most 120 characters and an ellipsis; empty for a body that begins with no paragraph
 */
export function gist(body: string): string {
  const [opening = ''] = body.split(/\n\s*\n/);
  const paragraph = marked.lexer(opening).find(({ type }) => type === 'paragraph');
  if (paragraph === undefined) return '';
  const text = plainText([paragraph]).replace(/\s+/g, ' ').trim();
  const [first = '', ...others] = text.split(/(?<=[.!?:]["”)]?)\s+(?=\p{Lu}|["“(`])/u);
  const sentence = first.length < tellingGist && others[0] !== undefined ? `${first} ${others[0]}` : first;
  const whole = sentence.replace(/:$/, '.');
  if (whole.length <= longestGist) return whole;
  const cut = whole.slice(0, longestGist);
  const clause = cut.search(/[,;:]\s(?!.*[,;:]\s)/);
  return clause >= shortestGist ? `${cut.slice(0, clause)}…` : `${cut.replace(/[\s,;:]+\S*$/, '')}…`;
}
