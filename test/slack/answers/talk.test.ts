import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Call, FakeSlack } from '../../fake-slack/fake-slack.ts';
import { mention, message, nextTs, press } from '../../fake-slack/payloads.ts';
import { startApp } from '../start-app.ts';

const question = 'what happens to my data when a container is replaced?';
const problem = 'we redeployed the app this morning and now the database is empty';

const inThread = (text: string, thread: string, fields: object = {}) =>
  message(text, { channel: 'C1', channel_type: 'channel', thread_ts: thread, ...fields });
const inChannel = (text: string, fields: object = {}) =>
  message(text, { channel: 'C1', channel_type: 'channel', ...fields });

const posts = ({ calls }: FakeSlack): Call[] => calls.filter(({ method }) => method === 'chat.postMessage');
const whispers = ({ calls }: FakeSlack): Call[] => calls.filter(({ method }) => method === 'chat.postEphemeral');
const textOf = (call: Call | undefined): string => call?.fields.text ?? '';

/** Sends a message and waits for the next post. */
async function next(slack: FakeSlack, payload: object): Promise<Call> {
  const before = posts(slack).length;
  await slack.send('events_api', payload);
  await slack.waitFor(() => posts(slack).length > before);
  const call = posts(slack)[before];
  if (call === undefined) throw new Error('Nothing was posted');
  return call;
}

/** Waits until everything that was sent is dealt with. */
async function settle(slack: FakeSlack): Promise<void> {
  await slack.send('events_api', message('hello', { channel: 'D9' }));
  await slack.waitFor(({ fields }) => fields.channel === 'D9');
  await sleep(100);
  slack.calls.splice(
    slack.calls.findIndex(({ fields }) => fields.channel === 'D9'),
    1,
  );
}

/** Starts the app, and at the end lets it come to an end with what it was told. */
async function start(): Promise<{ readonly slack: FakeSlack }> {
  const { slack } = await startApp();
  onTestFinished(() => settle(slack));
  return { slack };
}

async function begin(slack: FakeSlack): Promise<string> {
  const ts = nextTs();
  await next(slack, mention(question, { ts }));
  return ts;
}

describe('in a thread that others began', () => {
  test.each([
    ['a bare mention', ''],
    ['a mention that asks for ideas', 'any idea?'],
    ['a mention that asks for help', 'can you help us here?'],
    ['a mention that asks why', 'why?'],
  ])('%s answers how the thread began', async (_, text) => {
    const { slack } = await start();
    const thread = nextTs();
    await slack.send('events_api', inChannel(problem, { ts: thread, user: 'U2' }));
    const answer = await next(slack, mention(text, { thread_ts: thread }));
    expect(answer.fields.thread_ts).toBe(thread);
    expect(JSON.stringify(answer.blocks)).toContain(problem);
    expect(textOf(answer).split('\n')[0]).toMatch(/data|database|empty/i);
    expect(slack.refused).toEqual([]);
  });

  test('what its beginning does not tell, the latest messages do', async () => {
    const { slack } = await start();
    const thread = nextTs();
    await slack.send('events_api', inChannel('hey folks, a strange thing here', { ts: thread, user: 'U2' }));
    await slack.send('events_api', inThread('how do I back up a docker volume?', thread, { user: 'U2' }));
    await slack.send('events_api', inThread('hm', thread, { user: 'U3' }));
    expect(textOf(await next(slack, mention('any idea?', { thread_ts: thread })))).toMatch(/back up/);
  });

  test('a question that names nothing is read together with how it began', async () => {
    const { slack } = await start();
    const thread = nextTs();
    await slack.send('events_api', inChannel('what is a docker volume?', { ts: thread, user: 'U2' }));
    expect(textOf(await next(slack, mention('how do I back it up?', { thread_ts: thread })))).toMatch(/back up/);
  });

  test('Slack is asked for what was written before the bot came, and its own words do not count', async () => {
    const { slack } = await start();
    slack.threads.set('1500000000.000100', [
      { ts: '1500000000.000100', user: 'U2', text: problem },
      { ts: '1500000001.000100', user: 'U0BOT', text: 'What is an image?' },
    ]);
    const answer = await next(slack, mention('any idea?', { thread_ts: '1500000000.000100' }));
    expect(textOf(answer)).toMatch(/data|database/i);
    expect(slack.refused).toEqual([]);
  });

  test('Slack is not asked for a question that stands for itself, nor for what was heard', async () => {
    const { slack } = await start();
    const thread = nextTs();
    await next(slack, mention(question, { thread_ts: '1500000000.000100' }));
    await slack.send('events_api', inChannel(problem, { ts: thread, user: 'U2' }));
    await next(slack, mention('any idea?', { thread_ts: thread }));
    expect(slack.calls.filter(({ method }) => method === 'conversations.replies')).toEqual([]);
  });

  test.each([
    ['lacks the scope', 'missing_scope'],
    ['does not know the method', 'unknown_method'],
    ['is asked too often', 429],
  ])('where Slack %s, the mention is answered all the same, at once, and Slack is left in peace', async (_, fault) => {
    const { slack } = await start();
    slack.faults.set('conversations.replies', [fault, fault, fault]);
    for (let round = 0; round < 3; round += 1)
      await next(slack, mention('any idea?', { thread_ts: `150000000${round}.000100` }));
    expect(slack.faults.get('conversations.replies')).toHaveLength(2);
  });

  test('a deleted message is not read any more, and a changed one as it is now', async () => {
    const { slack } = await start();
    const thread = nextTs();
    const place = { type: 'message', channel: 'C1', channel_type: 'channel' };
    await slack.send('events_api', inChannel('what is podman?', { ts: thread, user: 'U2' }));
    const changed = { ts: thread, user: 'U2', text: 'what is a docker volume?' };
    await slack.send('events_api', message('', { ...place, subtype: 'message_changed', message: changed }));
    expect(textOf(await next(slack, mention('', { thread_ts: thread })))).toMatch(/volume/i);
  });
});

describe('a wish', () => {
  test('runs the demo of the answer before, in its thread', async () => {
    const { slack } = await start();
    const thread = await begin(slack);
    const run = await next(slack, mention('run the demo', { thread_ts: thread }));
    expect(run.fields.thread_ts).toBe(thread);
    await slack.waitFor(({ method, fields }) => method === 'chat.update' && fields.text?.includes('held') === true);
    expect(slack.refused).toEqual([]);
  });

  test('is done once, however often it comes', async () => {
    const { slack } = await start();
    const thread = await begin(slack);
    const wish = mention('more', { thread_ts: thread });
    await Promise.all([1, 2, 3].map(() => slack.send('events_api', wish)));
    await settle(slack);
    expect(posts(slack)).toHaveLength(2);
  });

  test('needs no mention in the thread of somebody alone', async () => {
    const { slack } = await start();
    const thread = await begin(slack);
    expect(textOf(await next(slack, inThread('tell me more', thread)))).not.toBe('');
  });

  test('is left alone among several people', async () => {
    const { slack } = await start();
    const thread = await begin(slack);
    await slack.send('events_api', inThread('interesting', thread, { user: 'U2' }));
    await slack.send('events_api', inThread('show me', thread));
    await settle(slack);
    expect(posts(slack)).toHaveLength(1);
    expect(whispers(slack)).toEqual([]);
  });

  test('goes on from the last answer in a new direct message, and in a new mention in the channel', async () => {
    const { slack } = await start();
    await next(slack, message(question));
    await next(slack, message('can you show me?'));
    await slack.waitFor(({ method, fields }) => method === 'chat.update' && fields.text?.includes('held') === true);
    await begin(slack);
    expect(textOf(await next(slack, mention('why?')))).not.toMatch(/don't know/);
  });

  test.each([
    ['topics', /covers/],
    ['list the demos please', /Demos/],
  ])('"%s" shows a list', async (text, title) => {
    const { slack } = await start();
    expect(textOf(await next(slack, mention(text)))).toMatch(title);
    await slack.send('events_api', message(text));
    await slack.waitFor(({ fields }) => fields.channel === 'D1' && title.test(fields.text ?? ''));
    expect(slack.refused).toEqual([]);
  });

  test('"predict" opens a poll on the demo of the answer', async () => {
    const { slack } = await start();
    const thread = await begin(slack);
    const poll = await next(slack, mention('let us predict it first', { thread_ts: thread }));
    expect(poll.fields.thread_ts).toBe(thread);
    expect(JSON.stringify(poll.blocks)).toContain('predict_option');
  });

  test('"stop" stops what its writer started, while it runs', async () => {
    const { slack } = await start();
    const thread = await begin(slack);
    await next(slack, mention('step by step', { thread_ts: thread }));
    await slack.waitFor(({ blocks }) => JSON.stringify(blocks ?? []).includes('next_step'));
    await slack.send('events_api', mention('stop!', { thread_ts: thread }));
    await slack.waitFor(({ method, fields }) => method === 'chat.update' && /stopped/.test(fields.text ?? ''));
    await slack.send('events_api', mention('stop', { thread_ts: thread, user: 'U2' }));
    await slack.waitFor(({ method, fields }) => method === 'chat.postEphemeral' && fields.user === 'U2');
  });

  test('"stop" without a mention stops what its writer runs in the thread, whoever else is there', async () => {
    const { slack } = await start();
    const thread = await begin(slack);
    await next(slack, mention('step by step', { thread_ts: thread }));
    await slack.waitFor(({ blocks }) => JSON.stringify(blocks ?? []).includes('next_step'));
    await slack.send('events_api', inThread('interesting', thread, { user: 'U2' }));
    await slack.send('events_api', inThread('stop', thread, { user: 'U2' }));
    await slack.send('events_api', inThread('tell me more', thread));
    await settle(slack);
    expect(whispers(slack)).toEqual([]);
    expect(posts(slack)).toHaveLength(2);
    await slack.send('events_api', inThread('stop', thread));
    await slack.waitFor(({ method, fields }) => method === 'chat.update' && /stopped/.test(fields.text ?? ''));
  });

  test.each([
    ['a member', {}],
    ['a guest', { is_restricted: true }],
  ])('"share" from a direct conversation writes in no channel for %s, and points to the button', async (_, facts) => {
    const { slack } = await start();
    slack.people.set('U1', facts);
    const ts = nextTs();
    await next(slack, message(question, { ts }));
    for (const words of ['share it', 'share in <#C02PRIV|platform>']) {
      const told = await next(slack, message(words, { thread_ts: ts }));
      expect(told.fields.channel).toBe('D1');
      expect(textOf(told)).toMatch(/press Share/);
    }
    await settle(slack);
    expect(posts(slack).map(({ fields }) => fields.channel)).toEqual(['D1', 'D1', 'D1']);
  });

  test('"share" in a channel writes in no other, and only its writer hears how to', async () => {
    const { slack } = await start();
    const thread = await begin(slack);
    await slack.send('events_api', mention('share in <#C02PRIV|platform>', { thread_ts: thread }));
    const told = await slack.waitFor(({ method }) => method === 'chat.postEphemeral');
    expect(told.fields).toMatchObject({ channel: 'C1', user: 'U1' });
    expect(textOf(told)).toMatch(/sees this answer already.*press Share/s);
    await settle(slack);
    expect(posts(slack)).toHaveLength(1);
  });

  test('"the other one" and numbers take what was offered', async () => {
    const { slack } = await start();
    const choices = await next(slack, message('where is it stored on disk?'));
    expect(textOf(choices)).toMatch(/Which of these/);
    const second = await next(slack, message('2'));
    const other = await next(slack, message('the other one'));
    expect(textOf(other).split('\n')[0]).not.toBe(textOf(second).split('\n')[0]);
  });

  test('numbers after a pick still count from the list that stands above', async () => {
    const { slack } = await start();
    const choices = await next(slack, message('where is it stored on disk?'));
    const lines = textOf(choices)
      .split('\n')
      .filter((line) => /^\d\. /.test(line));
    expect(lines.length).toBeGreaterThanOrEqual(2);
    const pick = async (words: string) => textOf(await next(slack, message(words))).split('\n')[0];
    const second = await next(slack, message('2'));
    expect(lines[1]).toContain(textOf(second).split('\n')[0]);
    expect(JSON.stringify(second.blocks)).toContain('You could also mean');
    expect(lines.at(-1)).toContain(await pick(String(lines.length)));
    expect(lines[0]).toContain(await pick('1'));
    expect(lines[1]).toContain(await pick('the other one'));
    expect(slack.refused).toEqual([]);
  });

  test('without an answer before says what it needs', async () => {
    const { slack } = await start();
    expect(textOf(await next(slack, mention('tell me more')))).toMatch(/no answer here yet/);
    expect(textOf(await next(slack, mention('run it')))).toMatch(/Demos/);
  });
});

describe('an edit', () => {
  const change = (ts: string, text: string, fields: object = {}) =>
    message('', {
      ...{ channel: 'C1', channel_type: 'channel', subtype: 'message_changed' },
      message: { ts, user: 'U1', text: `<@U0BOT> ${text}`, ...fields },
    });

  test('into a wish to read is fulfilled in place, and one into a deed starts nothing', async () => {
    const { slack } = await start();
    const thread = await begin(slack);
    const ts = nextTs();
    await next(slack, mention('how do I cook rice?', { ts, thread_ts: thread }));
    await slack.send('events_api', change(ts, 'tell me more', { thread_ts: thread }));
    await slack.waitFor(
      ({ method, fields }) => method === 'chat.update' && /What happens to my data/.test(fields.text ?? ''),
    );
    await slack.send('events_api', change(ts, 'run it', { thread_ts: thread }));
    await slack.waitFor(({ method, fields }) => method === 'chat.update' && /starts nothing/.test(fields.text ?? ''));
    expect(posts(slack)).toHaveLength(2);
  });
});

describe('somebody alone in the thread of an answer', () => {
  test('who is not understood gets a hint that only they see, with the nearest questions', async () => {
    const { slack } = await start();
    const thread = await begin(slack);
    await slack.send('events_api', inThread('and the database on the other host?', thread));
    const hint = await slack.waitFor(({ method }) => method === 'chat.postEphemeral');
    expect(hint.fields).toMatchObject({ channel: 'C1', thread_ts: thread, user: 'U1' });
    expect(JSON.stringify(hint.blocks)).toContain('choose_entry');
    await slack.send('interactive', press(hint, 'choose_entry', slack.responseUrl(), { ephemeral: true }));
    await slack.waitFor(({ method }) => method.startsWith('respond/'));
    expect(posts(slack)).toHaveLength(1);
    expect(slack.refused).toEqual([]);
  });

  test.each(['hm, strange', 'thanks Bob', 'lol', 'ok', 'brb', 'more coffee?', 'stop it, Bob', 'works now'])(
    'who asks nothing gets no hint: %s',
    async (text) => {
      const { slack } = await start();
      const thread = await begin(slack);
      await slack.send('events_api', inThread(text, thread));
      await settle(slack);
      expect(posts(slack)).toHaveLength(1);
      expect(whispers(slack)).toEqual([]);
    },
  );

  test('gets no two hints in a row', async () => {
    const { slack } = await start();
    const thread = await begin(slack);
    const unclear = 'and the database on the other host?';
    await slack.send('events_api', inThread(unclear, thread));
    await slack.send('events_api', inThread(unclear, thread));
    await settle(slack);
    expect(whispers(slack)).toHaveLength(1);
    await next(slack, mention('tell me more', { thread_ts: thread }));
    await slack.send('events_api', inThread(unclear, thread));
    await slack.waitFor(() => whispers(slack).length === 2);
  });

  test.each(['what about a named volume?', 'ok but how do I back it up?', 'thanks!'])(
    'never meets silence: %s',
    async (text) => {
      const { slack } = await start();
      const thread = await begin(slack);
      await slack.send('events_api', inThread(text, thread));
      await slack.waitFor(() => posts(slack).length + whispers(slack).length === 2);
    },
  );
});
