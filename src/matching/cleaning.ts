/** How much of a question is read: enough for any question, little enough to stay fast on a pasted log. */
const longestQuestion = 2000;

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/**
 * Takes from a question what is not the question: Slack's markup, mentions, emoji codes, the underscores of italics
 * (around words, not within them), control and invisible characters. Links keep their label. Written for Slack's message format
 * (https://docs.slack.dev/messaging/formatting-message-text), harmless elsewhere.
 * @returns lower-case text of at most 2,000 characters, spaces single; never throws
 */
export function cleanQuestion(raw: string): string {
  return raw
    .slice(0, 2 * longestQuestion)
    .toWellFormed()
    .normalize('NFKC')
    .slice(0, 2 * longestQuestion)
    .replace(/<(?:@|!)[^<>]*>/g, ' ')
    .replace(/<(?:#[^<>|]*|[a-z]+:[^<>|\s]*)(?:\|([^<>]*))?>/gi, (_, label: string | undefined) => ` ${label ?? ''} `)
    .replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity] ?? ' ')
    .replace(/(?<!\S)@[\w.-]+/g, ' ')
    .replace(/(?<!\S):[a-z0-9_+-]+:(?!\S)/g, ' ')
    .replace(/(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, ' ')
    .replace(/[‘’´]/g, "'")
    .replace(/[‐-―−]/g, '-')
    .replace(/\p{Cc}/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
    .slice(0, longestQuestion);
}
