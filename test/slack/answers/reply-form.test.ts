import { describe, expect, test } from 'vitest';
import { assemble } from '../../../src/assemble.ts';
import type { Assistant } from '../../../src/assistant/assistant.ts';
import type { Reply } from '../../../src/assistant/reply.ts';
import { readConfig } from '../../../src/config.ts';
import { replyMessages } from '../../../src/slack/answers/reply-message.ts';
import type { ReplyOptions } from '../../../src/slack/answers/reply-options.ts';
import type { SlackMessage } from '../../../src/slack/blocks/message.ts';
import { narrowHeight } from '../../../src/slack/blocks/narrow-height.ts';
import type { Block, BlockElement, Call } from '../../fake-slack/fake-slack.ts';
import { command, mention, press } from '../../fake-slack/payloads.ts';
import { refusalOf } from '../../fake-slack/validate-message.ts';
import { startApp } from '../start-app.ts';
import { withChoices } from '../with-choices.ts';

const question = 'why is my database empty after I redeployed?';
const asked = { question, event: '1700000000.000100' };
const ways: readonly (readonly [string, ReplyOptions])[] = [
  ['in a channel', { asked }],
  ['in a channel, opened', { asked, length: 'whole' }],
  ['to one person', { asked, question, share: { thread: '1700000000.000100' } }],
  ['to one person, opened', { asked, question, share: {}, length: 'whole' }],
];

function controlsOf(blocks: readonly Block[] = []): BlockElement[] {
  return blocks.flatMap(({ type, elements = [] }) =>
    type === 'actions' || type === 'context_actions' ? elements : [],
  );
}

function readBlocks({ blocks }: SlackMessage): readonly Block[] {
  return JSON.parse(JSON.stringify(blocks));
}

function repliesOf(assistant: Assistant): readonly Reply[] {
  const entries = assistant.chapters().flatMap((chapter) => chapter.entries);
  return entries.flatMap(({ id }) => assistant.show(id) ?? []);
}

const labels = (blocks: readonly Block[] | undefined) =>
  [...JSON.stringify(controlsOf(blocks)).matchAll(/"type":"button".*?"text":"([^"]*)"/g)].map(([, label]) => label);
const idsOf = ({ blocks }: Call) => controlsOf(blocks).map(({ action_id: id }) => id);

describe('every answer of the book', () => {
  test.each(ways)(
    '%s has at most four controls, each once, with short labels, and Slack takes it',
    async (_, options) => {
      const { assistant } = await assemble(readConfig({}), {});
      for (const reply of repliesOf(assistant)) {
        const messages = replyMessages(reply, options);
        for (const { text, blocks } of messages) expect(refusalOf(text, blocks)).toBeNull();
        const controls = messages.flatMap((message) => controlsOf(readBlocks(message)));
        expect(controls.length).toBeLessThanOrEqual(4);
        const shown = JSON.stringify(controls.map(({ option_groups: _lines, ...seen }) => seen));
        const words = [...shown.matchAll(/"text":"([^"]*)"/g)].map(([, label = '']) => label);
        expect(new Set(words).size).toBe(words.length);
        for (const word of words) expect(word.length).toBeLessThanOrEqual(24);
      }
    },
  );

  test('is short in a narrow window, nine times in ten', async () => {
    const { assistant } = await assemble(readConfig({}), {});
    const replies = repliesOf(assistant);
    for (const options of [{ asked }, { asked, question, share: {} }]) {
      const short = replies.filter((reply) => {
        const [first, ...rest] = replyMessages(reply, options);
        return first !== undefined && rest.length === 0 && narrowHeight(first.blocks) <= 600;
      });
      expect(short.length / replies.length).toBeGreaterThan(0.9);
    }
  });

  test('has no table where it is long, also because of its picture, unless a sentence announces that table', async () => {
    const { assistant } = await assemble(readConfig({}), {});
    const picture = { file: 'F1', alt: 'Layers' };
    for (const reply of repliesOf(assistant))
      for (const options of [{ asked }, { asked, picture }, { asked, picture, question, share: {} }]) {
        const [first] = replyMessages(reply, options);
        const announced = /:\n\n\|/.test(reply.short);
        if (first === undefined || announced || narrowHeight(first.blocks) <= 600) continue;
        expect(first.blocks.map(({ type }) => type)).not.toContain('table');
      }
  });

  test('keeps for its whole form what it leaves out of the short one', async () => {
    const { assistant } = await assemble(readConfig({}), {});
    for (const reply of repliesOf(assistant)) {
      const [short] = replyMessages(reply, { asked });
      const ids = short === undefined ? [] : controlsOf(readBlocks(short)).map(({ action_id: id }) => id);
      const hasTable = /^\|/m.test(reply.short);
      const leftOut = reply.more !== '' || (hasTable && short?.blocks.every(({ type }) => type !== 'table'));
      expect(ids.includes('show_more')).toBe(leftOut);
    }
  });
});

describe('More', () => {
  test('opens the rest of an answer in its place, with the related questions by their whole titles, and Less folds it in', async () => {
    const { slack, assistant } = await startApp();
    await slack.send('events_api', mention(question));
    const short = await slack.waitFor((call) => call.method === 'chat.postMessage');
    const reply = assistant.show('data-loss-on-replace');
    expect(idsOf(short)).toEqual(['run_demo', 'show_more', 'pick_action', 'pick_action']);
    expect(JSON.stringify(short.blocks)).not.toContain('If it has already happened');
    await slack.send('interactive', press(short, 'show_more', slack.responseUrl()));
    const whole = await slack.waitFor((call) => call.method === 'chat.update');
    expect(whole.fields.ts).toBe('1001.000100');
    expect(JSON.stringify(whole.blocks)).toContain('If it has already happened');
    for (const action of reply?.actions ?? [])
      if (action.type === 'show-entry') expect(JSON.stringify(whole.blocks)).toContain(JSON.stringify(action.label));
    await slack.send('interactive', press({ ...whole, fields: short.fields }, 'show_less', slack.responseUrl()));
    const folded = await slack.waitFor((call) => call.method === 'chat.update' && call !== whole);
    expect(folded.blocks).toEqual(short.blocks);
    expect(slack.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1);
    expect(slack.refused).toEqual([]);
  });

  test('opens a private answer for whoever sees it, who can still share it, once', async () => {
    const { slack } = await startApp();
    await slack.send('slash_commands', command(question, slack.responseUrl()));
    const short = await slack.waitFor((call) => call.method.startsWith('respond/'));
    expect(idsOf(short)).toEqual(['run_demo', 'show_more', 'share_answer', 'pick_action']);
    await slack.send('interactive', press(short, 'show_more', slack.responseUrl(), { ephemeral: true }));
    const whole = await slack.waitFor(({ fields }) => fields.replace_original === 'true');
    expect(JSON.stringify(whole.blocks)).toContain(question);
    expect(JSON.stringify(whole.blocks)).toContain('If it has already happened');
    await slack.send('interactive', press(whole, 'share_answer', slack.responseUrl(), { ephemeral: true }));
    const shared = await slack.waitFor(({ method }) => method === 'chat.postMessage');
    expect(JSON.stringify(shared.blocks)).toContain(question);
    expect(slack.refused).toEqual([]);
  });

  test('of an answer that is longer than a message opens in a window', async () => {
    const paragraph = 'A volume outlives the container that wrote to it. '.repeat(20);
    const { slack } = await startApp({}, (assistant) => ({
      ...assistant,
      show(id) {
        const reply = assistant.show(id);
        return reply && { ...reply, markdown: `${reply.short}\n\n## Long\n\n${`${paragraph}\n\n`.repeat(20)}` };
      },
    }));
    await slack.send('events_api', mention(question));
    const short = await slack.waitFor((call) => call.method === 'chat.postMessage');
    await slack.send('interactive', press(short, 'show_more', slack.responseUrl()));
    const view = await slack.waitFor((call) => call.method === 'views.open');
    expect(JSON.stringify(view.blocks).split('outlives')).toHaveLength(401);
    expect(slack.calls.filter(({ method }) => method === 'chat.update')).toEqual([]);
    expect(slack.refused).toEqual([]);
  });

  test('of an answer that is gone says so', async () => {
    let gone = false;
    const { slack } = await startApp({}, (assistant) => ({
      ...assistant,
      show: (id) => (gone ? null : assistant.show(id)),
    }));
    await slack.send('events_api', mention(question));
    const short = await slack.waitFor((call) => call.method === 'chat.postMessage');
    gone = true;
    await slack.send('interactive', press(short, 'show_more', slack.responseUrl()));
    await slack.waitFor(({ fields }) => /no longer in the book/.test(fields.text ?? ''));
    expect(slack.calls.filter(({ method }) => method === 'chat.update')).toEqual([]);
  });
});

describe('Share', () => {
  test('pressed twice quickly posts once, and pressed again after a failure posts', async () => {
    const { slack } = await startApp();
    await slack.send('slash_commands', command(question, slack.responseUrl()));
    const answer = await slack.waitFor((call) => call.method.startsWith('respond/'));
    const share = () =>
      slack.send('interactive', press(answer, 'share_answer', slack.responseUrl(), { ephemeral: true }));
    slack.faults.set('chat.postMessage', ['not_in_channel']);
    await share();
    await slack.waitFor(({ fields }) => fields.text?.includes('/invite') === true);
    await Promise.all([share(), share(), share()]);
    await slack.waitFor(({ fields }) => /is shared/.test(fields.text ?? ''));
    await share();
    await slack.send('events_api', mention('hello', { channel: 'C7' }));
    await slack.waitFor(({ fields }) => fields.channel === 'C7');
    const posted = slack.calls.filter(({ method, fields }) => method === 'chat.postMessage' && fields.channel === 'C1');
    expect(posted).toHaveLength(1);
    expect(slack.refused).toEqual([]);
  });
});

describe('choices', () => {
  test('are text: whole titles by number, a line of what each answers, and buttons 1, 2, 3', async () => {
    const { slack, assistant } = await startApp({}, withChoices);
    await slack.send('events_api', mention('volume'));
    const choices = await slack.waitFor((call) => call.method === 'chat.postMessage');
    const { actions } = assistant.ask('volume').reply;
    expect(labels(choices.blocks)).toEqual(['1', '2', '3']);
    for (const [index, action] of actions.entries()) {
      if (action.type !== 'show-entry') continue;
      expect(JSON.stringify(choices.blocks)).toContain(JSON.stringify(action.label));
      expect(JSON.stringify(choices.blocks)).toContain(action.gist);
      expect(choices.fields.text).toContain(`${index + 1}. ${action.label}`);
    }
  });

  test('that were not taken stay in the menu of the one that was', async () => {
    const { slack, assistant } = await startApp({}, withChoices);
    await slack.send('events_api', mention('volume'));
    const choices = await slack.waitFor((call) => call.method === 'chat.postMessage');
    const entries = assistant.ask('volume').reply.actions.flatMap((action) => ('entry' in action ? action.entry : []));
    await slack.send('interactive', press(choices, 'choose_entry_1', slack.responseUrl()));
    const answer = await slack.waitFor((call) => call.method === 'chat.update');
    const [first, second, third] = entries;
    expect(answer.fields.text).toContain(assistant.show(second ?? '')?.title);
    await slack.send('interactive', press({ ...answer, fields: choices.fields }, 'show_more', slack.responseUrl()));
    const whole = await slack.waitFor((call) => call.method === 'chat.update' && call !== answer);
    for (const kept of [answer, whole]) {
      const menus = JSON.stringify(controlsOf(kept.blocks).flatMap(({ option_groups: groups = [] }) => groups));
      expect(menus).toContain(`show_entry ${first}`);
      expect(menus).toContain(`show_entry ${third}`);
    }
    expect(slack.refused).toEqual([]);
  });
});

test('what is nearest to a question without an answer stands as text too', async () => {
  const { slack } = await startApp({ ASK_HUMAN: 'C9' });
  await slack.send('events_api', mention('how do I make docker sing the volume song to the president?'));
  const unknown = await slack.waitFor((call) => call.method === 'chat.postMessage');
  const numbers = labels(unknown.blocks).filter((label) => label !== 'Ask a human');
  expect(numbers).toEqual(['1', '2', '3'].slice(0, numbers.length));
  for (const number of numbers) expect(unknown.fields.text).toMatch(new RegExp(`^${number}\\. \\S+ \\S+`, 'm'));
});

test('where pairs of buttons are refused, the two stand as buttons of their own, and count', async () => {
  const { slack, store } = await startApp({}, undefined, ({ lacks }) =>
    lacks.blocks.set('context_actions', 'invalid_blocks'),
  );
  await slack.send('events_api', mention(question));
  const answer = await slack.waitFor((call) => call.method === 'chat.postMessage');
  expect(labels(answer.blocks)).toEqual(expect.arrayContaining(['Helpful', 'Not helpful', 'More', 'Run the demo']));
  const down = answer.blocks?.findLast(({ type }) => type === 'actions')?.elements?.[1];
  await slack.send('interactive', {
    ...press(answer, 'show_more', slack.responseUrl()),
    actions: [{ ...down, block_id: 'b9', action_ts: (Date.now() / 1000).toFixed(6) }],
  });
  await expect.poll(() => store.votes.forMessage('T1', 'C1', '1001.000100')).toMatchObject([{ vote: 'not-helpful' }]);
  expect(slack.refused).toEqual([]);
});

test('a line of a menu of another version is answered with what to do', async () => {
  const { slack } = await startApp();
  await slack.send('events_api', mention(question));
  const answer = await slack.waitFor((call) => call.method === 'chat.postMessage');
  const pressed = press(answer, 'show_more', slack.responseUrl());
  for (const value of ['', 'of_long_ago x', 'pick_action pick_action x'])
    await slack.send('interactive', {
      ...pressed,
      actions: [
        { type: 'static_select', action_id: 'pick_action', selected_option: { value }, action_ts: '1800000000.1' },
      ],
    });
  const told = () => slack.calls.filter(({ fields }) => /another version/.test(fields.text ?? ''));
  await slack.waitFor(() => told().length === 3);
});
