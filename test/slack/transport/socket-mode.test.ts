import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { rootlessDocker, serveRecorded } from '../../engines/recorded-engine.ts';
import { command, mention, message, nextTs, press } from '../../fake-slack/payloads.ts';
import { startApp } from '../start-app.ts';

const question = 'why is my database empty after I redeployed?';

describe('a mention', () => {
  test('is answered in its thread with the entry and a button for its demo', async () => {
    const { slack } = await startApp();
    const ts = nextTs();
    await slack.send('events_api', mention(question, { ts }));
    const answer = await slack.waitFor((call) => call.method === 'chat.postMessage');
    expect(answer.fields).toMatchObject({ channel: 'C1', thread_ts: ts, unfurl_links: 'false' });
    expect(answer.fields.text).toContain('container');
    const buttons = answer.blocks?.find((block) => block.type === 'actions')?.elements ?? [];
    expect(buttons[0]).toMatchObject({ action_id: 'run_demo', value: 'data-loss-on-replace' });
    expect(slack.refused).toEqual([]);
  });

  test('delivered three times, and as a message too, is answered once', async () => {
    const { slack } = await startApp();
    const ts = nextTs();
    await Promise.all([1, 2, 3].map(() => slack.send('events_api', mention(question, { ts }))));
    await slack.send('events_api', message(`<@U0BOT> ${question}`, { ts, channel: 'C1', channel_type: 'channel' }));
    await slack.waitFor((call) => call.method === 'chat.postMessage');
    await sleep(300);
    expect(slack.calls.filter((call) => call.method === 'chat.postMessage')).toHaveLength(1);
  });

  test('without words is answered with what the bot can do', async () => {
    const { slack } = await startApp();
    await slack.send('events_api', mention(''));
    const answer = await slack.waitFor((call) => call.method === 'chat.postMessage');
    expect(answer.fields.text).toContain('What I can do');
  });

  test('of 10,000 characters is answered with what to do about it', async () => {
    const { slack } = await startApp();
    await slack.send('events_api', mention('why '.repeat(2500)));
    const answer = await slack.waitFor((call) => call.method === 'chat.postMessage');
    expect(answer.fields.text).toContain('more than 4000');
  });

  test('full of mentions and markup pings nobody and breaks nothing', async () => {
    const { slack } = await startApp();
    for (const hostile of [
      '<!channel> <!here> what is a volume',
      '<@U2> ```x``` *a* <https://x.test|<!everyone>> volume',
      '\u202e\u0000\u200b<!subteam^S1>',
    ]) {
      await slack.send('events_api', mention(hostile));
    }
    await slack.waitFor(
      (call) =>
        slack.calls.indexOf(call) >= 0 &&
        slack.calls.filter((other) => other.method === 'chat.postMessage').length === 3,
    );
    expect(slack.refused).toEqual([]);
  });
});

describe('a message', () => {
  test('written directly to the bot is answered', async () => {
    const { slack } = await startApp();
    await slack.send('events_api', message('what is a volume?'));
    expect((await slack.waitFor((call) => call.method === 'chat.postMessage')).fields.channel).toBe('D1');
  });

  test('of a bot, an edit, a deletion, the bot itself, or nobody in particular is left alone', async () => {
    const { slack } = await startApp();
    const silent = [
      message(question, { bot_id: 'B9' }),
      message(question, { subtype: 'message_changed', message: { text: question } }),
      message(question, { subtype: 'message_deleted' }),
      message(question, { subtype: 'channel_join' }),
      message(question, { user: 'U0BOT' }),
      message(question, { channel: 'C1', channel_type: 'channel' }),
    ];
    for (const payload of silent) await slack.send('events_api', payload);
    await slack.send('events_api', message('what is a volume?', { channel: 'D2' }));
    await slack.waitFor((call) => call.fields.channel === 'D2');
    expect(slack.calls.filter((call) => call.method.startsWith('chat.'))).toHaveLength(1);
  });

  test('in a channel where the bot does not answer gets a private word that says where it does', async () => {
    const { slack } = await startApp({ ANSWER_CHANNELS: 'C7' });
    await slack.send('events_api', mention(question));
    const word = await slack.waitFor((call) => call.method === 'chat.postEphemeral');
    expect(word.fields).toMatchObject({ channel: 'C1', user: 'U1', text: expect.stringContaining('C7') });
  });
});

describe('the slash command', () => {
  test('answers privately, shows the question, and can be shared', async () => {
    const { slack } = await startApp();
    const url = slack.responseUrl();
    await slack.send('slash_commands', command(question, url));
    const answer = await slack.waitFor((call) => call.method.startsWith('respond/'));
    expect(answer.fields.response_type).toBe('ephemeral');
    expect(JSON.stringify(answer.blocks)).toContain(question);
    await slack.send('interactive', press(answer, 'share_answer', slack.responseUrl(), { ephemeral: true }));
    const shared = await slack.waitFor((call) => call.method === 'chat.postMessage');
    expect(shared.fields.channel).toBe('C1');
    expect(slack.refused).toEqual([]);
  });

  test.each([
    ['demo', 'data-loss-on-replace'],
    ['demo nonsense', 'no demo of that name'],
    ['topics', 'What the book covers'],
    ['help', 'What I can do'],
    ['', 'What I can do'],
  ])('"%s" is understood', async (words, expected) => {
    const { slack } = await startApp();
    await slack.send('slash_commands', command(words, slack.responseUrl()));
    const answer = await slack.waitFor((call) => call.method.startsWith('respond/'));
    expect(JSON.stringify(answer)).toContain(expected);
    expect(slack.refused).toEqual([]);
  });
});

describe('the demo button', () => {
  test('runs the demo in the thread: one message, edited in place, that ends in claims and receipt', async () => {
    const { slack } = await startApp();
    await slack.send('events_api', mention(question));
    const answer = await slack.waitFor((call) => call.method === 'chat.postMessage');
    await slack.send('interactive', press(answer, 'run_demo', slack.responseUrl()));
    const last = await slack.waitFor(
      (call) => call.method === 'chat.update' && call.fields.text?.includes('held') === true,
      60,
    );
    const shown = JSON.stringify(last.blocks);
    expect(last.fields.text).toContain('3 of 3 claims held');
    expect(shown).toContain('order 1001');
    expect(shown).toContain('No such file or directory');
    expect(shown).toContain('0 left over');
    expect(JSON.stringify(slack.calls)).toContain('docker run --detach');
    await slack.send('interactive', press(last, 'run_script', slack.responseUrl()));
    const script = await slack.waitFor((call) => call.method === 'views.open');
    expect(JSON.stringify(script.blocks)).toContain('Try it yourself');
    const runs = slack.calls.filter((call) => call.method === 'chat.update').map((call) => call.fields.ts);
    expect(new Set(runs).size).toBe(1);
    expect(slack.refused).toEqual([]);
  });

  test('can be stopped by whoever pressed it, and by nobody else', async () => {
    const { slack } = await startApp();
    await slack.send('events_api', mention(question));
    const answer = await slack.waitFor((call) => call.method === 'chat.postMessage');
    await slack.send('interactive', press(answer, 'run_demo', slack.responseUrl()));
    const running = await slack.waitFor((call) => JSON.stringify(call.blocks ?? '').includes('stop_run'));
    await slack.send('interactive', press(running, 'stop_run', slack.responseUrl(), { user: 'U9' }));
    await slack.send('interactive', press(running, 'stop_run', slack.responseUrl()));
    const word = await slack.waitFor((call) => call.method === 'chat.postEphemeral');
    expect(word.fields).toMatchObject({ user: 'U9', text: expect.stringContaining('Only whoever started') });
    await slack.waitFor((call) => call.method === 'chat.update' && /stopped/.test(call.fields.text ?? ''), 30);
    expect(slack.refused).toEqual([]);
  });

  test('of an older version, and a stop after the end, get a word', async () => {
    const { slack } = await startApp();
    await slack.send('events_api', mention(question));
    const answer = await slack.waitFor((call) => call.method === 'chat.postMessage');
    const old = { ...answer, blocks: [{ type: 'actions', elements: [{ action_id: 'old_button', value: 'x' }] }] };
    await slack.send('interactive', press(old, 'old_button', slack.responseUrl()));
    await slack.waitFor(
      (call) => call.method === 'chat.postEphemeral' && /another version/.test(call.fields.text ?? ''),
    );
    const gone = {
      ...answer,
      blocks: [{ type: 'actions', elements: [{ action_id: 'run_demo', value: 'gone-demo' }] }],
    };
    await slack.send('interactive', press(gone, 'run_demo', slack.responseUrl()));
    await slack.waitFor(
      (call) => call.method === 'chat.postEphemeral' && /no longer there/.test(call.fields.text ?? ''),
    );
  });

  test('without an engine tells what mends it, and answers still come', async () => {
    const { slack } = await startApp({ DOCKER_HOST: 'unix:///tmp/no-engine-here.sock' });
    await slack.send('events_api', mention(question));
    const answer = await slack.waitFor((call) => call.method === 'chat.postMessage');
    await slack.send('interactive', press(answer, 'run_demo', slack.responseUrl()));
    const failed = await slack.waitFor(
      (call) => call.method.startsWith('chat.') && /failed/.test(call.fields.text ?? ''),
    );
    expect(failed.fields.text).toContain('npm run engine');
    expect(JSON.stringify(slack.calls)).not.toContain('no-engine-here');
  });

  test('on an engine that takes no notice of limits tells why it is refused, and answers still come', async () => {
    const { socket } = await serveRecorded(rootlessDocker);
    const { slack } = await startApp({ DOCKER_HOST: `unix://${socket}` });
    await slack.send('events_api', mention(question));
    const answer = await slack.waitFor((call) => call.method === 'chat.postMessage');
    await slack.send('interactive', press(answer, 'run_demo', slack.responseUrl()));
    const failed = await slack.waitFor(
      (call) => call.method.startsWith('chat.') && /failed/.test(call.fields.text ?? ''),
    );
    expect(failed.fields.text).toMatch(/takes no notice of limits[\s\S]*docs\/engine\.md/);
  });
});

describe('a Slack in trouble', () => {
  test('that is busy, or fails once, gets the answer later and only once', async () => {
    const { slack } = await startApp();
    slack.faults.set('chat.postMessage', [429, 500]);
    await slack.send('events_api', mention(question));
    await slack.waitFor((call) => call.method === 'chat.postMessage', 30);
    await sleep(500);
    expect(slack.calls.filter((call) => call.method === 'chat.postMessage')).toHaveLength(1);
  });

  test('that refuses all blocks gets the text alone', async () => {
    const { slack } = await startApp();
    slack.faults.set('chat.postMessage', ['invalid_blocks', 'invalid_blocks']);
    await slack.send('events_api', mention(question));
    const answer = await slack.waitFor((call) => call.method === 'chat.postMessage');
    expect(answer.blocks).toBeUndefined();
    expect(answer.fields.text).toContain('container');
  });

  test('that cuts the connection is answered again after it comes back', async () => {
    const { slack } = await startApp();
    slack.cut();
    await slack.connected();
    await slack.send('events_api', mention(question));
    await slack.waitFor((call) => call.method === 'chat.postMessage');
  });
});

test('wrong tokens are told in one line that says where to get others', async () => {
  await expect(startApp({ SLACK_BOT_TOKEN: 'xoxb-wrong' })).rejects.toMatchObject({
    name: 'SlackRefused',
    message: expect.stringContaining('invalid_auth'),
  });
});
