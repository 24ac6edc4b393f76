import { marked } from 'marked';
import type { Reply } from '../../assistant/reply.ts';
import { isTable } from '../blocks/markdown-tokens.ts';

/**
 * Leaves the tables of a short answer for its whole form: what is said in words stands alone, and a table takes the most
 * room in a narrow window. One that a sentence announces stays, since the sentence would promise what is not there.
 */
export function withoutTables(reply: Reply): Reply {
  const tokens = marked.lexer(reply.short).filter(({ type }) => type !== 'space');
  const kept = tokens.filter(
    (token, index) => !isTable(token) || tokens[index - 1]?.raw.trimEnd().endsWith(':') !== false,
  );
  if (kept.length === tokens.length || kept.length === 0) return reply;
  return { ...reply, short: kept.map(({ raw }) => raw.trim()).join('\n\n'), more: reply.more || reply.short };
}
