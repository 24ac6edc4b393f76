import { describe, expect, test } from 'vitest';
import { demosByChapter } from '../../../src/assistant/demos-by-chapter.ts';
import { command, homeOpened, mention, message, press, shortcut } from '../../fake-slack/payloads.ts';
import { startApp } from '../start-app.ts';
import { withChoices } from '../with-choices.ts';

const question = 'why is my database empty after I redeployed?';

describe('the message shortcut', () => {
  test('answers the question in a message privately, and shares into its thread', async () => {
    const { slack } = await startApp();
    await slack.send('interactive', shortcut(`<@U2> ${question}`, slack.responseUrl()));
    const answer = await slack.waitFor((call) => call.method.startsWith('respond/'));
    expect(answer.fields.response_type).toBe('ephemeral');
    expect(JSON.stringify(answer.blocks)).toContain(question);
    await slack.send('interactive', press(answer, 'share_answer', slack.responseUrl(), { ephemeral: true }));
    const shared = await slack.waitFor((call) => call.method === 'chat.postMessage');
    expect(shared.fields).toMatchObject({ channel: 'C1', thread_ts: '1500.000100' });
    expect(JSON.stringify(shared.blocks)).toContain(question);
    const after = await slack.waitFor(({ fields }) => fields.replace_original === 'true');
    expect(JSON.stringify(after.blocks)).not.toContain('share_answer');
    expect(slack.refused).toEqual([]);
  });

  test.each([
    ['there', 'chat.postEphemeral', []],
    ['there through its response address where the bot may not write', 'respond', ['not_in_channel']],
  ])('on a message within a thread answers %s, and shares there', async (_, way, faults) => {
    const { slack } = await startApp();
    slack.faults.set('chat.postEphemeral', faults);
    const within = { thread_ts: '1400.000100' };
    await slack.send('interactive', shortcut(question, slack.responseUrl(), within));
    const answer = await slack.waitFor(({ method }) => method.startsWith(way));
    expect(answer.fields.thread_ts).toBe('1400.000100');
    expect(answer.fields.text).toContain('container');
    await slack.send('interactive', press(answer, 'share_answer', slack.responseUrl(), { ephemeral: true }));
    const shared = await slack.waitFor((call) => call.method === 'chat.postMessage');
    expect(shared.fields).toMatchObject({ channel: 'C1', thread_ts: '1400.000100' });
    expect(slack.refused).toEqual([]);
  });

  test('of another version is answered with what to do', async () => {
    const { slack } = await startApp();
    const { message: _, channel: __, ...rest } = Object.assign({ message: null, channel: null }, shortcut('', ''));
    await slack.send('interactive', { ...rest, type: 'shortcut', callback_id: 'of_long_ago' });
    const word = await slack.waitFor((call) => call.method === 'chat.postMessage');
    expect(word.fields).toMatchObject({ channel: 'U1', text: expect.stringContaining('another version') });
    expect(slack.refused).toEqual([]);
  });

  test('on a message without text says so', async () => {
    const { slack } = await startApp();
    await slack.send('interactive', shortcut('<@U2>', slack.responseUrl()));
    const word = await slack.waitFor((call) => call.method === 'chat.postEphemeral');
    expect(word.fields).toMatchObject({ thread_ts: '1500.000100', text: expect.stringContaining('no text') });
  });
});

describe('the home of the app', () => {
  test('shows the book by chapter and every demo, and opens an answer over it', async () => {
    const { slack, assistant } = await startApp();
    await slack.send('events_api', homeOpened('home'));
    const home = await slack.waitFor((call) => call.method === 'views.publish');
    const shown = JSON.stringify(home.blocks);
    for (const chapter of assistant.chapters()) expect(shown).toContain(chapter.title);
    for (const demo of assistant.demos()) expect(shown).toContain(demo.id);
    const pick = assistant.chapters()[0]?.entries[0]?.id ?? '';
    await slack.send('interactive', press(home, 'show_entry', '', { pick }));
    const modal = await slack.waitFor((call) => call.method === 'views.open');
    expect(JSON.stringify(modal.blocks)).toContain(assistant.show(pick)?.title);
    expect(slack.refused).toEqual([]);
  });

  test('opens every answer of the book as a modal that Slack takes', async () => {
    const { slack, assistant } = await startApp();
    await slack.send('events_api', homeOpened('home'));
    const home = await slack.waitFor((call) => call.method === 'views.publish');
    const entries = assistant.chapters().flatMap((chapter) => chapter.entries);
    for (const [index, { id }] of entries.entries()) {
      await slack.send('interactive', press(home, 'show_entry', '', { pick: id }));
      await slack.waitFor(() => slack.calls.filter((call) => call.method === 'views.open').length === index + 1);
    }
    expect(slack.refused).toEqual([]);
  });

  test('runs a demo in the conversation with whoever pressed, and says so', async () => {
    const { slack } = await startApp({ DEMO_PEOPLE: 'U9' });
    await slack.send('events_api', homeOpened('home'));
    const home = await slack.waitFor((call) => call.method === 'views.publish');
    await slack.send('interactive', press(home, 'run_demo', '', { pick: 'data-loss-on-replace' }));
    await slack.waitFor((call) => call.method === 'views.open');
    const refusal = await slack.waitFor((call) => call.method === 'chat.postMessage');
    expect(refusal.fields).toMatchObject({
      channel: 'U1',
      text: expect.stringContaining('Only certain people may run demos'),
    });
    await slack.send('interactive', press(home, 'run_demo', '', { user: 'U9', pick: 'data-loss-on-replace' }));
    await slack.waitFor((call) => call.method === 'chat.update' && call.fields.channel === 'DU9', 60);
    expect(slack.refused).toEqual([]);
  });

  test('suggests questions when its messages are opened, and does without where Slack does not know them', async () => {
    const { slack } = await startApp();
    slack.faults.set('assistant.threads.setSuggestedPrompts', ['unknown_method']);
    await slack.send('events_api', homeOpened('messages'));
    await slack.send('events_api', homeOpened('messages'));
    const call = await slack.waitFor(({ method }) => method === 'assistant.threads.setSuggestedPrompts');
    const prompts: { title: string; message: string }[] = JSON.parse(call.fields.prompts ?? '');
    expect(prompts).toHaveLength(4);
    expect(prompts[0]).toEqual({
      title: 'Where did my data go?',
      message: 'Why is my database empty after I redeployed?',
    });
    expect(slack.refused).toEqual([]);
  });
});

describe('menus and choices', () => {
  test('a demo picked from the private list runs in the conversation with whoever picked it', async () => {
    const { slack, assistant } = await startApp();
    await slack.send('slash_commands', command('demo', slack.responseUrl()));
    const list = await slack.waitFor((call) => call.method.startsWith('respond/'));
    const chapters = demosByChapter(assistant);
    const chapter = chapters.findIndex(({ demos }) => demos.some(({ id }) => id === 'data-loss-on-replace'));
    const choose = { ephemeral: true, pick: `demo ${chapter}` };
    await slack.send('interactive', press(list, 'list_chapter', slack.responseUrl(), choose));
    const demos = await slack.waitFor(({ fields }) => fields.replace_original === 'true');
    const pick = { ephemeral: true, pick: 'data-loss-on-replace' };
    await slack.send('interactive', press(demos, 'run_demo', slack.responseUrl(), pick));
    const run = await slack.waitFor((call) => call.method === 'chat.postMessage');
    expect(run.fields.channel).toBe('U1');
    expect(slack.refused).toEqual([]);
  });

  test('a choice between answers is replaced by the answer that is chosen', async () => {
    const { slack } = await startApp({}, withChoices);
    await slack.send('events_api', mention('volume'));
    const choices = await slack.waitFor((call) => call.method === 'chat.postMessage');
    await slack.send('interactive', press(choices, 'choose_entry', slack.responseUrl()));
    const answer = await slack.waitFor((call) => call.method === 'chat.update');
    expect(answer.fields.ts).toBe('1001.000100');
    expect(slack.calls.filter((call) => call.method === 'chat.postMessage')).toHaveLength(1);
    expect(slack.refused).toEqual([]);
  });

  test('a related answer comes into the thread', async () => {
    const { slack } = await startApp();
    await slack.send('events_api', mention(question));
    const answer = await slack.waitFor((call) => call.method === 'chat.postMessage');
    await slack.send('interactive', press(answer, 'show_entry', slack.responseUrl()));
    await slack.waitFor((call) => call.method === 'chat.postMessage' && call !== answer);
    const threads = slack.calls.flatMap((call) => call.fields.thread_ts ?? []);
    expect(new Set(threads).size).toBe(1);
  });
});

describe('where the bot may not write', () => {
  test('a demo of the slash command runs in the conversation with whoever asked', async () => {
    const { slack } = await startApp();
    slack.faults.set('chat.postMessage', ['not_in_channel']);
    await slack.send('slash_commands', command('demo data-loss-on-replace', slack.responseUrl()));
    const run = await slack.waitFor((call) => call.method === 'chat.postMessage');
    expect(run.fields.channel).toBe('U1');
    await slack.waitFor((call) => call.fields.text?.includes('claims held') === true, 60);
    expect(slack.refused).toEqual([]);
  });

  test('sharing says how to let it in', async () => {
    const { slack } = await startApp();
    slack.faults.set('chat.postMessage', ['not_in_channel']);
    slack.faults.set('chat.postEphemeral', ['not_in_channel']);
    await slack.send('slash_commands', command(question, slack.responseUrl()));
    const answer = await slack.waitFor((call) => call.method.startsWith('respond/'));
    await slack.send('interactive', press(answer, 'share_answer', slack.responseUrl(), { ephemeral: true }));
    const word = await slack.waitFor((call) => call.fields.text?.includes('/invite') === true);
    expect(word.method).toMatch(/^respond/);
  });

  test('a worn-out response address is made good by a private message', async () => {
    const { slack } = await startApp();
    slack.faults.set('respond', [404, 404, 404]);
    await slack.send('slash_commands', command(question, slack.responseUrl()));
    const word = await slack.waitFor((call) => call.method === 'chat.postEphemeral');
    expect(word.fields).toMatchObject({ user: 'U1', text: expect.stringContaining('replaced') });
    expect(JSON.stringify(word.blocks)).toContain('share_answer');
  });
});

test('a failure in a direct conversation is told there, where everybody in it may see it', async () => {
  const { slack } = await startApp();
  slack.faults.set('chat.postMessage', ['fatal_error']);
  await slack.send('events_api', message(question));
  const word = await slack.waitFor((call) => call.method === 'chat.postMessage');
  expect(word.fields).toMatchObject({ channel: 'D1', text: expect.stringContaining('try again') });
});

test('a connection that Slack wants renewed is renewed, and nothing is lost', async () => {
  const { slack } = await startApp();
  slack.refresh();
  await slack.connected();
  await slack.send('events_api', mention(question));
  await slack.waitFor((call) => call.method === 'chat.postMessage');
});

test('a press in a form that is not known is answered through its response address', async () => {
  const { slack } = await startApp();
  const url = slack.responseUrl();
  await slack.send('events_api', mention(question));
  const answer = await slack.waitFor((call) => call.method === 'chat.postMessage');
  await slack.send('interactive', { ...press(answer, 'run_demo', url), container: 'a place of the future' });
  const word = await slack.waitFor((call) => call.method.startsWith('respond/'));
  expect(word.fields.text).toContain('Please try again');
  expect(slack.refused).toEqual([]);
});
