import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Call, FakeSlack } from '../fake-slack/fake-slack.ts';
import { command, homeOpened, mention, message, nextTs, press, shortcut } from '../fake-slack/payloads.ts';
import { startApp } from './start-app.ts';
import { withChoices } from './with-choices.ts';

const question = 'why is my database empty after I redeployed?';

/** Leaves fields out of a payload, wherever they stand, or sends null for them. */
function without(payload: object, fields: readonly string[], how: 'left out' | 'null'): object {
  return JSON.parse(
    JSON.stringify(payload, (name, value) => (fields.includes(name) ? (how === 'null' ? null : undefined) : value)),
  );
}

const answers = ({ calls }: FakeSlack) => calls.filter(({ method }) => method === 'chat.postMessage');
const answer = (slack: FakeSlack) => slack.waitFor(({ method }) => method === 'chat.postMessage');
const response = (slack: FakeSlack) => slack.waitFor(({ method }) => method.startsWith('respond/'));
const textOf = ({ fields, blocks }: Call) => `${fields.text} ${JSON.stringify(blocks ?? [])}`;

describe.each(['left out', 'null'] as const)('fields that are %s cost no answer', (how) => {
  const scarce = ['team_id', 'team', 'authorizations', 'enterprise', 'event_ts', 'client_msg_id', 'event_time'];

  test('to a mention', async () => {
    const { slack } = await startApp();
    const nothing = { thread_ts: null, subtype: null, bot_id: null, edited: null, parent_user_id: null };
    const payload = mention(question, how === 'null' ? nothing : {});
    await slack.send('events_api', without(payload, scarce, how));
    expect(textOf(await answer(slack))).toContain('container');
    await sleep(200);
    expect(answers(slack)).toHaveLength(1);
  });

  test('to a direct message, and to a follow-up in its thread', async () => {
    const { slack } = await startApp();
    const ts = nextTs();
    const fields = [...scarce, 'channel_type'];
    await slack.send('events_api', without(message(question, { ts }), fields, how));
    expect((await answer(slack)).fields).toMatchObject({ channel: 'D1', thread_ts: ts });
    await slack.send('events_api', without(message('what is a volume?', { thread_ts: ts }), fields, how));
    await slack.waitFor(() => answers(slack).length === 2);
    expect(slack.refused).toEqual([]);
  });

  test('to a command', async () => {
    const { slack } = await startApp();
    const scarceHere = ['team_id', 'team_domain', 'trigger_id', 'user_name', 'channel_name', 'api_app_id'];
    await slack.send('slash_commands', without(command(question, slack.responseUrl()), scarceHere, how));
    expect(textOf(await response(slack))).toContain('container');
    expect(slack.refused).toEqual([]);
  });

  test('to a command without a response address, which only whoever asked sees', async () => {
    const { slack } = await startApp();
    await slack.send('slash_commands', without(command(question, ''), ['response_url'], how));
    const word = await slack.waitFor(({ method }) => method === 'chat.postEphemeral');
    expect(word.fields).toMatchObject({ channel: 'C1', user: 'U1' });
    expect(textOf(word)).toContain('share_answer');
    expect(answers(slack)).toEqual([]);
    expect(slack.refused).toEqual([]);
  });

  test.each([
    ['of which only the container is told', ['channel', 'message', 'response_url']],
    ['without its container', ['container', 'response_url']],
    ['without its workspace and trigger', ['team', 'team_id', 'trigger_id']],
  ])('to a button %s', async (_, fields) => {
    const { slack } = await startApp();
    await slack.send('events_api', mention('what is a volume?'));
    const posted = await answer(slack);
    const related = JSON.stringify(posted.blocks).match(/show_entry(_\d+)?/)?.[0] ?? '';
    const pressed = press(posted, related, slack.responseUrl());
    const holey = Object.fromEntries(
      Object.entries(pressed).flatMap(([name, value]) => {
        if (name === 'user') return [[name, { id: value.id }]];
        return fields.includes(name) ? (how === 'null' ? [[name, null]] : []) : [[name, value]];
      }),
    );
    await slack.send('interactive', holey);
    await slack.waitFor(() => answers(slack).length === 2);
    expect(answers(slack)[1]?.fields.channel).toBe('C1');
    expect(slack.refused).toEqual([]);
  });

  test('to a message shortcut', async () => {
    const { slack } = await startApp();
    await slack.send(
      'interactive',
      without(shortcut(question, slack.responseUrl()), ['team', 'team_id', 'trigger_id', 'message_ts'], how),
    );
    expect(textOf(await response(slack))).toContain('container');
  });

  test('to the opened home', async () => {
    const { slack } = await startApp();
    await slack.send('events_api', without(homeOpened('home'), ['tab', 'view', 'channel', ...scarce], how));
    const home = await slack.waitFor(({ method }) => method === 'views.publish');
    await slack.send(
      'interactive',
      Object.assign(press(home, 'show_entry', '', { pick: '' }), how === 'null' ? { channel: null } : {}),
    );
    await slack.waitFor(({ method }) => method === 'views.open');
  });
});

test('two commands without a trigger are two questions', async () => {
  const { slack, store } = await startApp();
  for (const words of ['how do I cook rice?', 'who painted the Mona Lisa?'])
    await slack.send('slash_commands', command(words, slack.responseUrl(), { trigger_id: '' }));
  await expect.poll(() => store.gaps.list('T1', 0)).toHaveLength(2);
});

test.each([
  ['no workspace', ['team_id']],
  ['no bot and no workspace', ['bot_id', 'team_id']],
  ['nobody', ['bot_id', 'team_id', 'user_id']],
])('a token that is said to be of %s answers', async (_, fields) => {
  const { slack } = await startApp({}, undefined, ({ lacks }) => {
    for (const field of fields) lacks.fields.add(field);
  });
  await slack.send('events_api', without(mention(question), ['team_id', 'authorizations'], 'left out'));
  expect(textOf(await answer(slack))).toContain('container');
});

test('a mention that comes as a message alone is answered', async () => {
  const { slack } = await startApp();
  await slack.send('events_api', message(`<@U0BOT> ${question}`, { channel: 'C1', channel_type: 'channel' }));
  expect((await answer(slack)).fields.channel).toBe('C1');
});

test('a mention of somebody whose id begins as the bot’s is none', async () => {
  const { slack } = await startApp();
  await slack.send('events_api', message(`<@U0BOT2> ${question}`, { channel: 'C1', channel_type: 'channel' }));
  await slack.send('events_api', message(question, { channel: 'D2' }));
  await slack.waitFor(({ fields }) => fields.channel === 'D2');
  expect(answers(slack)).toHaveLength(1);
});

describe('a method that is not there', () => {
  const raw = {
    'an error': { status: 200, type: 'application/json', body: '{"ok":false,"error":"unknown_method"}' },
    'a refusal': { status: 200, type: 'application/json', body: '{"ok":false,"error":"not_allowed"}' },
    '404 and a page': { status: 404, type: 'text/html', body: '<html><h1>Cannot POST</h1></html>' },
    '501 and a word': { status: 501, type: 'text/plain', body: 'Not Implemented' },
    '200 and a page': { status: 200, type: 'text/html', body: '<html></html>' },
    '200 and JSON that is no answer': { status: 200, type: 'application/json', body: '"fine"' },
    '400 and an error': { status: 400, type: 'application/json', body: '{"ok":false,"error":"unknown_method"}' },
  } as const;
  const everything = [
    ...['users.info', 'chat.postEphemeral', 'chat.update', 'chat.delete', 'chat.getPermalink', 'views.open'],
    ...['views.publish', 'assistant.threads.setSuggestedPrompts', 'conversations.open'],
  ];
  const lacking =
    (answered: keyof typeof raw, methods: readonly string[]) =>
    ({ lacks }: FakeSlack) => {
      for (const method of methods) lacks.methods.set(method, raw[answered]);
    };

  test.each(Object.keys(raw) as (keyof typeof raw)[])(
    'but answered with %s, costs no answer, and is not asked for again and again',
    async (answered) => {
      const { slack, metrics } = await startApp({}, undefined, lacking(answered, everything));
      await slack.send('events_api', homeOpened('messages'));
      await slack.send('events_api', homeOpened('home'));
      await slack.send('events_api', mention(question));
      const posted = await answer(slack);
      await slack.send('interactive', press(posted, 'vote_not_helpful', slack.responseUrl()));
      expect((await response(slack)).fields.text).toContain('Your vote counts');
      await slack.send('slash_commands', command('what is a volume?', slack.responseUrl()));
      await slack.waitFor(({ method, fields }) => method.startsWith('respond/') && /volume/i.test(fields.text ?? ''));
      expect(answers(slack)).toHaveLength(1);
      for (const method of ['views.open', 'assistant.threads.setSuggestedPrompts'])
        expect((await metrics.render()).body).toMatch(new RegExp(`method="${method}",result="[^"]+"} 1\n`));
      expect(slack.refused).toEqual([]);
    },
  );

  test.each(['an error', '404 and a page'] as const)('for edits (%s), the end of a demo comes below', async (how) => {
    const { slack } = await startApp({}, undefined, lacking(how, ['chat.update', 'users.info']));
    await slack.send('events_api', mention(question));
    const posted = await answer(slack);
    await slack.send('interactive', press(posted, 'run_demo', slack.responseUrl()));
    const end = await slack.waitFor(({ fields }) => /claims held/.test(fields.text ?? ''), 60);
    expect(end.fields).toMatchObject({ channel: 'C1', thread_ts: posted.fields.thread_ts });
    const ends = answers(slack).filter(({ fields }) => /claims held/.test(fields.text ?? ''));
    expect(ends).toHaveLength(1);
    expect(slack.refused).toEqual([]);
  });

  test('for windows, what the home offers goes to the conversation with whoever pressed', async () => {
    const { slack, assistant } = await startApp({}, undefined, lacking('501 and a word', ['views.open']));
    const [first] = assistant.chapters()[0]?.entries ?? [];
    await slack.send('events_api', homeOpened('home'));
    const home = await slack.waitFor(({ method }) => method === 'views.publish');
    await slack.send('interactive', press(home, 'show_entry', '', { pick: first?.id ?? '' }));
    expect((await answer(slack)).fields.text).toContain(first?.title);
    expect(answers(slack)[0]?.fields.channel).toBe('U1');
    await slack.send('interactive', press(home, 'run_demo', '', { pick: 'data-loss-on-replace' }));
    await slack.waitFor(({ fields }) => /claims held/.test(fields.text ?? ''), 60);
    expect(slack.refused).toEqual([]);
  });

  test('for choices, the chosen answer comes below them', async () => {
    const { slack } = await startApp({}, withChoices, lacking('404 and a page', ['chat.update']));
    await slack.send('events_api', mention('which of the two?'));
    const choices = await answer(slack);
    await slack.send('interactive', press(choices, 'choose_entry', slack.responseUrl()));
    await slack.waitFor(() => answers(slack).length === 2);
    expect(JSON.stringify(answers(slack)[1]?.blocks)).toContain('vote_helpful');
    expect(slack.refused).toEqual([]);
  });

  test('for edits, the answer to an edited question comes below the first', async () => {
    const { slack } = await startApp({}, undefined, lacking('404 and a page', ['chat.update']));
    const ts = nextTs();
    await slack.send('events_api', message('what is a volume?', { ts }));
    await answer(slack);
    const edited = { subtype: 'message_changed', channel: 'D1', message: { ts, user: 'U1', text: question } };
    await slack.send('events_api', message('', edited));
    await slack.waitFor(() => answers(slack).length === 2);
    expect(answers(slack)[1]?.fields).toMatchObject({ channel: 'D1', thread_ts: ts });
    expect(answers(slack)[1]?.fields.text).toContain('replaced');
    expect(slack.refused).toEqual([]);
  });

  test('but answered as if it were, tells of no guests', async () => {
    const fine = { status: 200, type: 'application/json', body: '{"ok":true}' };
    const { slack } = await startApp({}, undefined, ({ lacks }) => void lacks.methods.set('users.info', fine));
    await slack.send('events_api', mention(question));
    await slack.send('interactive', press(await answer(slack), 'run_demo', slack.responseUrl()));
    await slack.waitFor(({ fields }) => /claims held/.test(fields.text ?? ''), 60);
  });

  test('for guesses, they count, and the demo runs', async () => {
    const { slack, store } = await startApp({}, undefined, lacking('404 and a page', ['chat.update']));
    await slack.send('events_api', mention(question));
    await slack.send('interactive', press(await answer(slack), 'predict_first', slack.responseUrl()));
    const poll = await slack.waitFor(({ blocks }) => JSON.stringify(blocks ?? []).includes('predict_option'));
    await slack.send(
      'interactive',
      press(poll, 'predict_option', slack.responseUrl(), { ts: '1002.000100', pick: '{"option":0}' }),
    );
    await expect.poll(async () => (await store.predictions.tally('T1', 'C1:1002.000100')).options).toHaveLength(1);
    await slack.send('interactive', press(poll, 'predict_run', slack.responseUrl(), { ts: '1002.000100' }));
    await slack.waitFor(({ fields }) => /claims held/.test(fields.text ?? ''), 60);
    expect(slack.refused).toEqual([]);
  });

  test('is told at the start, where it is the one that everything needs', async () => {
    const start = startApp({}, undefined, lacking('404 and a page', ['auth.test']));
    await expect(start).rejects.toMatchObject({ name: 'SlackRefused', message: expect.stringContaining('/api/') });
  });
});

test('a Slack that only answers 503 at the start is told in words', async () => {
  const busy = { status: 503, type: 'text/plain', body: 'busy' };
  const start = startApp({}, undefined, ({ lacks }) => void lacks.methods.set('auth.test', busy));
  await expect(start).rejects.toMatchObject({ name: 'SlackRefused', message: expect.stringContaining('status 503') });
});

describe('blocks that are refused', () => {
  test.each([
    ['table', 'invalid_blocks'],
    ['rich_text', 'invalid_blocks'],
    ['header', 'invalid_arguments'],
    ['context', 'invalid_blocks_format'],
  ])('of type %s (%s) leave the words and the buttons', async (type, error) => {
    const { slack, assistant } = await startApp({}, undefined, ({ lacks }) => void lacks.blocks.set(type, error));
    const pick = assistant.chapters()[0]?.entries[0]?.id ?? '';
    await slack.send('events_api', homeOpened('home'));
    const home = await slack.waitFor(({ method }) => method === 'views.publish');
    expect(JSON.stringify(home.blocks)).toContain('run_demo');
    await slack.send('interactive', press(home, 'show_entry', '', { pick }));
    await slack.waitFor(({ method }) => method === 'views.open');
    await slack.send('slash_commands', command(question, slack.responseUrl()));
    expect(JSON.stringify((await response(slack)).blocks)).toContain('share_answer');
    await slack.send('events_api', mention(question));
    const posted = await answer(slack);
    expect(JSON.stringify(posted.blocks)).toContain('It is gone, unless it was in a volume');
    await slack.send('interactive', press(posted, 'run_demo', slack.responseUrl()));
    const end = await slack.waitFor(({ fields }) => /claims held/.test(fields.text ?? ''), 60);
    for (const part of ['No such file or directory', 'Receipt: ', 'held', 'run_again', 'run_commands'])
      expect(JSON.stringify(end.blocks)).toContain(part);
    expect(answers(slack).filter(({ fields }) => fields.text === posted.fields.text)).toHaveLength(1);
    expect(slack.refused).toEqual([]);
  });
});

test('a person’s id that is no conversation gets its messages in the one that is opened for it', async () => {
  const { slack } = await startApp();
  slack.faults.set('chat.postMessage', ['channel_not_found']);
  await slack.send('events_api', homeOpened('home'));
  const home = await slack.waitFor(({ method }) => method === 'views.publish');
  await slack.send('interactive', press(home, 'run_demo', '', { pick: 'data-loss-on-replace' }));
  await slack.waitFor(({ fields }) => /claims held/.test(fields.text ?? ''), 60);
  expect((await answer(slack)).fields.channel).toBe('DU1');
  expect(slack.refused).toEqual([]);
});

test('a 429 that does not say how long is waited for a second', async () => {
  const { slack } = await startApp();
  slack.lacks.methods.set('chat.postMessage', { status: 429, type: 'text/plain', body: '' });
  await slack.send('events_api', mention(question));
  await sleep(300);
  slack.lacks.methods.clear();
  expect(textOf(await answer(slack))).toContain('container');
});

test('the address for responses is in no metric', async () => {
  const { slack, metrics } = await startApp();
  const address = slack.responseUrl();
  await slack.send('slash_commands', command(question, address));
  await response(slack);
  const counted = async () => (await metrics.render()).body.split('\n').filter((line) => line.includes('slack_calls'));
  await expect.poll(counted).toContain('dockproof_slack_calls_total{method="response_url",result="ok"} 1');
  expect(JSON.stringify(await counted())).not.toContain(address.split('/').at(-1));
});
