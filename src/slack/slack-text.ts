/** Escapes a text for Slack's mrkdwn, so that it can neither mention nor link (https://docs.slack.dev/messaging/formatting-message-text#escaping). */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const mention = /<[@!#][^<>]*>/g;
const link = /<(https?:[^<>|]*)(?:\|([^<>]*))?>/g;

/** What a person wrote, as plain text: mentions and channel references left out, links by their label, entities resolved. */
export function readText(text: string): string {
  return text
    .replace(mention, ' ')
    .replace(link, (_, address: string, label: string | undefined) => label ?? address)
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Shortens a text to a limit at a word's end, with an ellipsis. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/\s+\S*$/, '')}…`;
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
