import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assemble } from '../../../src/assemble.ts';
import { readConfig } from '../../../src/config.ts';
import { replyMessages } from '../../../src/slack/answers/reply-message.ts';
import { toBlocks } from '../../../src/slack/blocks/markdown-blocks.ts';
import { toMessage } from '../../../src/slack/blocks/message.ts';
import { escapeText, readText } from '../../../src/slack/blocks/slack-text.ts';
import { refusalOf } from '../../fake-slack/validate-message.ts';

test('every entry of the book becomes a message that Slack takes', async () => {
  const { assistant, book } = await assemble(readConfig({}), {});
  for (const id of book().entries.keys()) {
    const reply = assistant.show(id);
    if (!reply) throw new Error(`${id} cannot be shown`);
    const messages = replyMessages(reply, { question: 'x'.repeat(4000), share: {} });
    expect(messages, id).toHaveLength(1);
    for (const { text, blocks } of messages) expect(refusalOf(text, blocks), id).toBeNull();
  }
});

test('paragraphs, nested lists, code, notes and links keep their form', () => {
  const blocks = toBlocks(
    'One **bold** [link](https://a.test/) `code`.\n\n1. first\n   - inner\n2. second\n\n```sh\nls <a>\n```\n\n> [!NOTE]\n> Mind.',
  );
  expect(blocks).toMatchSnapshot();
});

test('the first table is a table, the second aligned text, since Slack takes one a message', () => {
  const table = '| a | b |\n|---|---|\n| 1 |  |\n';
  const blocks = toBlocks(`${table}\n${table}`);
  expect(blocks.map((block) => block.type)).toEqual(['table', 'rich_text']);
  expect(refusalOf('x', blocks)).toBeNull();
});

test('a mention or a broadcast in Markdown stays literal', () => {
  const blocks = toBlocks('<!channel> <@U1> @here `<!here>`');
  expect(JSON.stringify(blocks)).not.toContain('broadcast');
  expect(JSON.stringify(blocks)).not.toContain('"user"');
});

test('any text at all makes a message that Slack takes and that pings nobody', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 600 }), (text) => {
      const { text: fallback, blocks } = toMessage(`x${text}`, toBlocks(text));
      expect(refusalOf(fallback, blocks)).toBeNull();
    }),
    { numRuns: 2000 },
  );
});

test('escaped text holds no markup, and reads back as it was', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => {
      expect(escapeText(text)).not.toMatch(/[<>]/);
    }),
  );
  expect(readText('<@U1> is &lt;b&gt; <https://a.test|a link> &amp;amp; <!channel>')).toBe('is <b> a link &amp;');
});
