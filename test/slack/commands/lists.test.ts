import { describe, expect, test } from 'vitest';
import type { Assistant } from '../../../src/assistant/assistant.ts';
import { demosByChapter } from '../../../src/assistant/demos-by-chapter.ts';
import { slackLimits } from '../../../src/slack/blocks/limits.ts';
import { listMessage } from '../../../src/slack/commands/list-message.ts';
import type { Call, FakeSlack } from '../../fake-slack/fake-slack.ts';
import { command, press } from '../../fake-slack/payloads.ts';
import { refusalOf } from '../../fake-slack/validate-message.ts';
import { startApp } from '../start-app.ts';

const responses = ({ calls }: FakeSlack) => calls.filter(({ method }) => method.startsWith('respond/'));

async function use(slack: FakeSlack, words: string): Promise<Call> {
  await slack.send('slash_commands', command(words, slack.responseUrl()));
  return slack.waitFor(({ method }) => method.startsWith('respond/'));
}

const menus = ({ blocks = [] }: Pick<Call, 'blocks'>) =>
  blocks.flatMap(({ elements = [] }) => elements.filter(({ type }) => type === 'static_select'));
const linesOf = (call: Pick<Call, 'blocks'>) =>
  menus(call).flatMap(({ options = [], option_groups: groups = [] }) => [
    ...options,
    ...groups.flatMap((group) => group.options),
  ]);

test.each(['topics', 'demo', 'predict'])('/docker %s is one short message with one menu', async (words) => {
  const { slack } = await startApp();
  const list = await use(slack, words);
  expect(menus(list)).toHaveLength(1);
  expect((list.fields.text ?? '').split('\n').length).toBeLessThan(20);
  expect(responses(slack)).toHaveLength(1);
  expect(slack.refused).toEqual([]);
});

test.each(['topics', 'demo', 'help'])('/docker %s leads to the home of the app', async (words) => {
  const { slack } = await startApp();
  expect(JSON.stringify((await use(slack, words)).blocks)).toContain('"slack://app?team=T1&id=A1&tab=home"');
});

test('the way to the home is left out where nobody tells which app this is', async () => {
  const { slack } = await startApp();
  await slack.send('slash_commands', command('topics', slack.responseUrl(), { api_app_id: '"><!channel>' }));
  const list = await slack.waitFor(({ method }) => method.startsWith('respond/'));
  expect(JSON.stringify(list.blocks)).not.toContain('slack://');
});

test('every demo can be run from its chapter, which tells its id', async () => {
  const { assistant } = await startApp();
  const found = demosByChapter(assistant).flatMap(({ demos }, chapter) => {
    const lines = linesOf(listMessage(assistant, { kind: 'demo', chapter }) as Pick<Call, 'blocks'>);
    for (const { id } of demos) expect(lines).toContainEqual(expect.objectContaining({ value: id }));
    return demos.map(({ id }) => id);
  });
  expect(found.sort()).toEqual(
    assistant
      .demos()
      .map(({ id }) => id)
      .sort(),
  );
});

test('a picked chapter takes the place of the list, with its questions and the other chapters', async () => {
  const { slack, assistant } = await startApp();
  const list = await use(slack, 'topics');
  const chapter = assistant.chapters()[1];
  await slack.send(
    'interactive',
    press(list, 'list_chapter', slack.responseUrl(), { ephemeral: true, pick: 'topics 1' }),
  );
  const picked = await slack.waitFor(({ fields }) => fields.replace_original === 'true');
  expect(picked.fields.text).toContain(chapter?.title);
  expect(menus(picked)).toHaveLength(2);
  const values = linesOf(picked).map(({ value }) => value);
  for (const entry of chapter?.entries ?? []) expect(values).toContain(entry.id);
  const pick = chapter?.entries[0]?.id ?? '';
  await slack.send('interactive', press(picked, 'show_entry', slack.responseUrl(), { ephemeral: true, pick }));
  await slack.waitFor(({ fields }) => fields.text?.includes(assistant.show(pick)?.title ?? '?') === true);
  expect(slack.refused).toEqual([]);
});

test.each(['', 'x', 'topics', 'topics 999', 'demo -1', 'toString 1'])(
  'a chapter called %j harms nothing',
  async (value) => {
    const { slack } = await startApp();
    const list = await use(slack, 'topics');
    const forged = { ...list, blocks: [{ type: 'actions', elements: [{ action_id: 'list_chapter', value }] }] };
    await slack.send('interactive', press(forged, 'list_chapter', slack.responseUrl(), { ephemeral: true }));
    await slack.waitFor(() => slack.calls.length > 3 || responses(slack).length === 2);
    expect(slack.refused).toEqual([]);
  },
);

describe('a book of any size', () => {
  const bookOf = (chapters: number, each: number): Pick<Assistant, 'chapters' | 'demos'> => {
    const entries = Array.from({ length: each }, (_, index) => index);
    const demo = (id: string) => ({
      id,
      title: `Title ${'long '.repeat(12)}`,
      question: { text: '', options: [], right: 0 },
      steps: [],
      claims: [],
    });
    return {
      chapters: () =>
        Array.from({ length: chapters }, (_, chapter) => ({
          id: `c${chapter}`,
          title: `Chapter ${chapter}`,
          entries: entries.map((index) => ({
            ...{ id: `entry-${chapter}-${index}`, title: `Question ${'long '.repeat(15)}`, chapter: `c${chapter}` },
            ...{ topic: null, demo: `demo-${chapter}-${index}` },
          })),
        })),
      demos: () => Array.from({ length: chapters * each }, (_, n) => demo(`demo-${Math.floor(n / each)}-${n % each}`)),
    };
  };

  test.each([
    [0, 0],
    [1, 1],
    [3, 30],
    [12, 45],
  ])('is listed in messages that Slack takes: %i chapters of %i', (chapters, each) => {
    const book = bookOf(chapters, each);
    for (const kind of ['topics', 'demo', 'predict'] as const)
      for (const chapter of [null, 0, chapters - 1, chapters]) {
        const { text, blocks } = listMessage(book, { kind, chapter }, 'Lead.');
        expect(refusalOf(text, blocks)).toBeNull();
        expect(JSON.stringify(blocks).length).toBeLessThanOrEqual(slackLimits.blocksJson);
      }
  });
});
