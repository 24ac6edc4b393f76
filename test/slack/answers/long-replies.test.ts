import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assemble } from '../../../src/assemble.ts';
import type { Reply } from '../../../src/assistant/reply.ts';
import { readConfig } from '../../../src/config.ts';
import { replyMessages } from '../../../src/slack/answers/reply-message.ts';
import { readText } from '../../../src/slack/blocks/slack-text.ts';
import { readSlashCommand } from '../../../src/slack/commands/slash-command.ts';
import { refusalOf } from '../../fake-slack/validate-message.ts';

function reply(markdown: string): Reply {
  return {
    kind: 'answer',
    title: 'A title',
    markdown,
    short: markdown,
    more: '',
    sources: [],
    actions: [],
    entry: 'an-entry',
    figure: null,
  };
}

function textsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  if ('text' in value && typeof value.text === 'string') return [value.text];
  return Object.values(value).flatMap(textsOf);
}

const sentence = 'A volume outlives the container that wrote to it. ';
const line = 'docker run --rm --volume demo-data:/data busybox ls /data\n';

test.each([
  ['paragraphs', sentence.repeat(20).trim().concat('\n\n').repeat(40)],
  ['one paragraph', sentence.repeat(600)],
  ['code', `\`\`\`console\n${line.repeat(500)}\`\`\``],
  ['a list', `- ${sentence}\n`.repeat(300)],
  ['a list of code', '- `a` `b` `c` `d` `e`\n'.repeat(200)],
  ['one paragraph of code', '`a` '.repeat(2000)],
  ['a table', `| a | b |\n|---|---|\n${'| one | two |\n'.repeat(250)}`],
  ['tables', '| a | b |\n|---|---|\n| one | two |\n\n'.repeat(40)],
])(
  'an answer of much more than fits, %s, becomes several messages that Slack takes, and loses nothing',
  (_, markdown) => {
    const messages = replyMessages(reply(markdown));
    for (const { text, blocks } of messages) expect(refusalOf(text, blocks)).toBeNull();
    const shown = textsOf(messages.map((message) => message.blocks)).join(' ');
    for (const word of ['volume', 'docker run', 'one', 'a'].filter((each) => markdown.includes(each))) {
      const count = (text: string) => text.split(word).length - 1;
      expect(count(shown)).toBeGreaterThanOrEqual(count(markdown));
    }
  },
);

test('a division falls between sentences and between lines', () => {
  const texts = textsOf(
    replyMessages(reply(`${sentence.repeat(300)}\n\n\`\`\`\n${line.repeat(300)}\`\`\``)).map((m) => m.blocks),
  );
  for (const text of texts.filter((each) => each.includes('outlives'))) expect(text.trim()).toMatch(/it\.$/);
  for (const text of texts.filter((each) => each.includes('docker'))) expect(text.trimEnd()).toMatch(/\/data$/);
});

test('whatever is asked with the command, what comes back is a message that Slack takes and that pings nobody', async () => {
  const { assistant } = await assemble(readConfig({}), {});
  const piece = fc.constantFrom(
    '<!channel>',
    '<@U1>',
    '&lt;!here&gt;',
    '```',
    '"}]',
    '\u202e',
    '\u200b',
    '\ud83d',
    '\u0000',
    '*',
    'volume',
    '<https://a.test|<!everyone>>',
    'demo',
    'topics',
  );
  const words = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.array(piece).map((parts) => parts.join(' ')),
  );
  fc.assert(
    fc.property(words, (asked) => {
      const request = readSlashCommand(assistant, '/docker', asked);
      const messages =
        request.type === 'ask' && asked.length <= 4000
          ? replyMessages(assistant.ask(request.question).reply, {
              question: request.question,
              share: {},
              asked: { question: request.question, event: '1.2.3' },
              human: true,
            })
          : request.type === 'show'
            ? request.messages
            : [];
      for (const { text, blocks } of messages) {
        expect(refusalOf(text, blocks)).toBeNull();
        expect(JSON.stringify(blocks)).not.toMatch(/\\u(0000|d83d"|202e)/);
      }
    }),
    { numRuns: 1000 },
  );
});

test('what would disguise a question is left out of it', () => {
  expect(readText('is\u202e this\u0000 a\u2066 volume?')).toBe('is this a volume?');
});
