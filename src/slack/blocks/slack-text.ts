/** Escapes a text for Slack's mrkdwn, so that it can neither mention nor link (https://docs.slack.dev/messaging/formatting-message-text#escaping). */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const mention = /<[@!#][^<>]*>/g;
const link = /<(https?:[^<>|]*)(?:\|([^<>]*))?>/g;
/** Control characters, and those that reverse the direction of what follows: shown back, they would disguise a text. */
const disguise = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * What a person wrote, as plain text: mentions and channel references left out, links by their label, entities
 * resolved, characters that do not show left out.
 */
export function readText(text: string): string {
  return text
    .toWellFormed()
    .replace(mention, ' ')
    .replace(link, (_, address: string, label: string | undefined) => label ?? address)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(disguise, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Shortens a text to a limit at a word's end, with an ellipsis. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1);
  const end = cut.search(/\s+\S*$/);
  return `${(end > 0 ? cut.slice(0, end) : cut.replace(/[\ud800-\udbff]$/, '')).trimEnd()}…`;
}

/** Shortens a text of lines to a limit at a line's end, and says how many lines are left out. */
export function shortenLines(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const lines = text.split('\n');
  const kept: string[] = [];
  for (let size = 0; kept.length < lines.length; ) {
    size += (lines[kept.length] ?? '').length + 1;
    if (size > limit - 30) break;
    kept.push(lines[kept.length] ?? '');
  }
  if (kept.length === 0) return shorten(text, limit);
  return `${kept.join('\n')}\n… (${lines.length - kept.length} more lines)`;
}

/** Divides a text of lines into parts within a limit, at the ends of lines; only a longer line is cut. */
export function divideLines(text: string, limit: number): string[] {
  return pack(text.split('\n'), '\n', limit);
}

/** Divides a paragraph into parts within a limit, at the ends of sentences; only a longer sentence is cut. */
export function divideSentences(text: string, limit: number): string[] {
  return pack(text.split(/(?<=[.!?])\s+/), ' ', limit);
}

function pack(pieces: readonly string[], joint: string, limit: number): string[] {
  const parts: string[] = [];
  for (const piece of pieces.flatMap((each) => cut(each, limit))) {
    const joined = `${parts.at(-1) ?? ''}${joint}${piece}`;
    if (parts.length > 0 && joined.length <= limit) parts[parts.length - 1] = joined;
    else parts.push(piece);
  }
  return parts;
}

function cut(text: string, limit: number): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const part = rest.slice(0, limit).replace(/[\ud800-\udbff]$/, '');
    parts.push(part);
    rest = rest.slice(part.length);
  }
  return [...parts, rest];
}
