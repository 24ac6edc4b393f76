import { setTimeout as sleep } from 'node:timers/promises';
import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { demosByChapter } from '../../../src/assistant/demos-by-chapter.ts';
import { createMetrics } from '../../../src/metrics/metrics.ts';
import { createPeople } from '../../../src/slack/people/people.ts';
import { createPolls } from '../../../src/slack/polls/polls.ts';
import { createDemoRuns } from '../../../src/slack/runs/demo-runs.ts';
import { type Call, type FakeSlack, workspace } from '../../fake-slack/fake-slack.ts';
import { command, mention, press } from '../../fake-slack/payloads.ts';
import { startApp } from '../start-app.ts';

const question = 'why is my database empty after I redeployed?';
const poll = 'C1:1002.000100';

/** Asks, and opens the prediction under the answer. @returns the message with the question */
async function openPoll(slack: FakeSlack): Promise<Call> {
  await slack.send('events_api', mention(question));
  const answer = await slack.waitFor((call) => call.method === 'chat.postMessage');
  await slack.send('interactive', press(answer, 'predict_first', slack.responseUrl()));
  return slack.waitFor((call) => call.method === 'chat.postMessage' && call !== answer);
}

const edits = ({ calls }: FakeSlack) =>
  calls.filter(({ method, fields }) => method === 'chat.update' && fields.ts === '1002.000100');
const guess = (slack: FakeSlack, message: Call, option: number, user: string) =>
  slack.send(
    'interactive',
    press(message, 'predict_option', slack.responseUrl(), {
      ...{ user, ts: '1002.000100', pick: JSON.stringify({ option }) },
    }),
  );
const run = (slack: FakeSlack, message: Call, user = 'U1') =>
  slack.send('interactive', press(message, 'predict_run', slack.responseUrl(), { user, ts: '1002.000100' }));

describe('a prediction', () => {
  test('tallies guesses in its one message, and its end says how many were right', async () => {
    const { slack, store, assistant } = await startApp();
    const opened = await openPoll(slack);
    const demo = assistant.demos().find(({ id }) => id === 'data-loss-on-replace');
    const right = demo?.question.right ?? 0;
    const wrong = right === 0 ? 1 : 0;
    expect(JSON.stringify(opened.blocks)).toContain(demo?.question.text);
    await guess(slack, opened, right, 'U1');
    await guess(slack, opened, wrong, 'U2');
    await guess(slack, opened, right, 'U3');
    await guess(slack, opened, wrong, 'U3');
    await slack.waitFor(() => edits(slack).at(-1)?.fields.text?.includes('3 people have guessed') === true);
    await run(slack, opened);
    await slack.waitFor(() => edits(slack).at(-1)?.fields.text?.includes('1 of 3 people were right') === true, 60);
    expect((await store.predictions.tally('T1', poll)).right).toBe(right);
    expect(JSON.stringify(edits(slack).at(-1)?.blocks)).not.toContain('predict_');
    const runs = slack.calls.filter(({ method }) => method === 'chat.postMessage').slice(2);
    expect(new Set(runs.map(({ fields }) => fields.thread_ts)).size).toBe(1);
    await guess(slack, opened, right, 'U9');
    await slack.waitFor(({ fields }) => /came too late/.test(fields.text ?? ''));
    expect(slack.refused).toEqual([]);
  });

  test('is run by whoever opened it, once, and by nobody else before its time', async () => {
    const { slack } = await startApp();
    const opened = await openPoll(slack);
    await run(slack, opened, 'U2');
    await slack.waitFor(({ fields }) => fields.user === 'U2' && /Whoever opened this/.test(fields.text ?? ''));
    await Promise.all([run(slack, opened), run(slack, opened)]);
    await slack.waitFor(({ fields }) => /The demo runs already/.test(fields.text ?? ''));
    await slack.waitFor(() => edits(slack).at(-1)?.fields.text?.includes('Nobody guessed') === true, 60);
    const started = slack.calls.filter(
      ({ method, fields }) => method === 'chat.postMessage' && fields.text?.includes('0 of'),
    );
    expect(started.length).toBeLessThanOrEqual(1);
    expect(slack.refused).toEqual([]);
  });

  test('that was opened before a restart goes on, and anybody may run it after its time', async () => {
    const { slack, store } = await startApp();
    const opened = await openPoll(slack);
    await expect.poll(() => store.predictions.find('T1', poll)).not.toBeNull();
    await store.predictions.setUntil('T1', poll, 1000);
    await guess(slack, opened, 0, 'U2');
    await slack.waitFor(() => edits(slack).at(-1)?.fields.text?.includes('Anybody may run it now') === true);
    await run(slack, opened, 'U2');
    await slack.waitFor(() => /of 1 person was right/.test(edits(slack).at(-1)?.fields.text ?? ''), 60);
  });

  test('whose run fails or is refused is open again', async () => {
    const { slack, store } = await startApp({ DOCKER_HOST: 'unix:///tmp/no-engine-here.sock' });
    const opened = await openPoll(slack);
    await run(slack, opened);
    await slack.waitFor(() => edits(slack).at(-1)?.fields.text?.includes('did not come to its end') === true);
    await store.settings.put('T1', { demoPeople: ['U9'] });
    await run(slack, opened);
    await slack.waitFor(({ fields }) => /Only certain people/.test(fields.text ?? ''));
    await guess(slack, opened, 0, 'U2');
    await slack.waitFor(() => edits(slack).at(-1)?.fields.text?.includes('1 person has guessed') === true);
    expect((await store.predictions.tally('T1', poll)).right).toBeNull();
    expect(slack.refused).toEqual([]);
  });

  test('is opened once by one person in one place, however quickly they press', async () => {
    const { slack } = await startApp();
    await slack.send('events_api', mention(question));
    const answer = await slack.waitFor((call) => call.method === 'chat.postMessage');
    const predict = (user: string) =>
      slack.send('interactive', press(answer, 'predict_first', slack.responseUrl(), { user }));
    const refusals = (user: string) =>
      slack.calls.filter(({ fields }) => fields.user === user && /open here already/.test(fields.text ?? ''));
    const polls = () => slack.calls.filter(({ method }) => method === 'chat.postMessage').slice(1);
    await predict('U1');
    await predict('U1');
    await slack.waitFor(() => refusals('U1').length === 1);
    await slack.waitFor(() => polls().length === 1);
    await sleep(200);
    await predict('U1');
    await slack.waitFor(() => refusals('U1').length === 2);
    expect(polls()).toHaveLength(1);
    await predict('U2');
    await slack.waitFor(() => polls().length === 2);
  });

  test('is not offered in private answers, and buttons of another version get a word', async () => {
    const { slack } = await startApp();
    const opened = await openPoll(slack);
    for (const [id, value] of [
      ['predict_option', 'x'],
      ['predict_run', '{}'],
      ['predict_first', 'gone-demo'],
      ['next_step', 'x'],
    ] as const) {
      slack.calls.length = 0;
      const odd = { ...opened, blocks: [{ type: 'actions', elements: [{ action_id: id, value }] }] };
      await slack.send('interactive', press(odd, id, slack.responseUrl()));
      await slack.waitFor(({ fields }) => /another version|no longer there/.test(fields.text ?? ''));
    }
  });

  test('runs by itself after its time', async () => {
    const { slack, assistant, store } = await startApp();
    const client = new WebClient(workspace.botToken, { slackApiUrl: slack.apiUrl });
    const log = pino({ level: 'silent' });
    const config = { mode: 'socket', botToken: '', appToken: '', apiUrl: null } as const;
    const metrics = createMetrics('unused');
    const parts = {
      assistant,
      kept: store,
      log,
      config,
      http: { host: '', port: 0 },
      routes: [],
      metrics,
      people: createPeople(log),
      ownTurn: () => Promise.resolve(),
    };
    const { actions } = createPolls(parts, createDemoRuns(parts), { time: 300 });
    const told: string[] = [];
    await actions.predict_first?.({
      ...{
        action: 'predict_first',
        value: 'data-loss-on-replace',
        block: '',
        link: false,
        who: { team: 'T1', user: 'U1' },
      },
      ...{ where: { channel: 'C1', thread: '1.000100' }, ts: '1.000200', message: '1.000200', private: false },
      ...{ trigger: '1.2', modal: null, at: Date.now(), stamp: null, client },
      respond: null,
      answer: () => Promise.reject(new Error('not used')),
      tell: async ({ text }) => void told.push(text),
    });
    await slack.waitFor(({ fields }) => fields.text?.includes('Nobody guessed') === true, 60);
    expect(told).toEqual([]);
  });
});

describe('forged values of a prediction', () => {
  const sendAs = (slack: FakeSlack, id: string, value: object, user: string) => {
    const forged = { method: 'chat.postMessage', fields: { channel: 'C1' }, team: 'T1', at: 0 };
    const blocks = [{ type: 'actions', elements: [{ action_id: id, value: JSON.stringify(value) }] }];
    const pressed = press({ ...forged, blocks }, id, slack.responseUrl(), { user, ts: '1002.000100' });
    return slack.send('interactive', pressed);
  };
  const outdated = (slack: FakeSlack, user: string) =>
    slack.waitFor(({ fields }) => fields.user === user && /another version/.test(fields.text ?? ''));

  test.each([99, 4, -1, 0.5])('an option that there is not (%s) does not count', async (option) => {
    const { slack, store } = await startApp();
    await openPoll(slack);
    await sendAs(slack, 'predict_option', { option }, 'U5');
    await outdated(slack, 'U5');
    expect((await store.predictions.tally('T1', poll)).options).toEqual([]);
  });

  test('a poll that nobody opened takes no guess and runs nothing', async () => {
    const { slack, store } = await startApp();
    const state = { demo: 'data-loss-on-replace', asker: 'U5', until: 0, askedIn: 'C1', option: 0 };
    await sendAs(slack, 'predict_option', state, 'U5');
    await outdated(slack, 'U5');
    await sendAs(slack, 'predict_run', state, 'U6');
    await outdated(slack, 'U6');
    expect(await store.runs.since(0)).toEqual([]);
    expect(await store.predictions.find('T1', poll)).toBeNull();
  });

  test('whose poll it is, and for which channel, is what it was when it was opened', async () => {
    const { slack, store } = await startApp();
    await openPoll(slack);
    await store.settings.put('T1', { demoChannels: ['C7'] });
    await sendAs(slack, 'predict_run', { demo: 'tag-moves', asker: 'U5', until: 0, askedIn: 'C7' }, 'U5');
    await slack.waitFor(({ fields }) => fields.user === 'U5' && /Whoever opened this/.test(fields.text ?? ''));
    await sendAs(slack, 'predict_run', { demo: 'tag-moves', asker: 'U1', until: 0, askedIn: 'C7' }, 'U1');
    await slack.waitFor(({ fields }) => /Demos do not run in this channel/.test(fields.text ?? ''));
    expect(await store.runs.since(0)).toEqual([]);
  });
});

test.each([
  ['a guest', {}, { is_restricted: true }, /Guests/],
  ['somebody who may run no demos', { DEMO_PEOPLE: 'U9' }, {}, /Only certain people/],
  ['anybody where demos do not run', { DEMO_CHANNELS: 'C9' }, {}, /in this channel/],
  ['anybody once the budget of the day is spent', { DEMO_DAILY_BUDGET: '0' }, {}, /have been run/],
])('%s opens no poll', async (_, settings, facts, words) => {
  const { slack } = await startApp(settings);
  slack.people.set('U5', facts);
  await slack.send('slash_commands', command('predict tag-moves', '', { user_id: 'U5' }));
  expect((await slack.waitFor(({ method }) => method === 'chat.postEphemeral')).fields.text).toMatch(words);
  expect(slack.calls.filter(({ method }) => method === 'chat.postMessage')).toEqual([]);
});

describe('the command for a prediction', () => {
  const predict = (words: string, fields: object = {}) => command(`predict ${words}`, '', fields);
  const posted = (slack: FakeSlack) => slack.waitFor(({ method }) => method === 'chat.postMessage');

  test('asks the demo’s question in the channel, and whoever asked runs it there', async () => {
    const { slack, assistant } = await startApp();
    await slack.send('slash_commands', predict('data loss on replace'));
    const opened = await posted(slack);
    const demo = assistant.demos().find(({ id }) => id === 'data-loss-on-replace');
    expect(opened.fields.channel).toBe('C1');
    expect(JSON.stringify(opened.blocks)).toContain(demo?.question.text);
    const at = { ts: '1001.000100' };
    const pick = JSON.stringify({ option: demo?.question.right });
    const pressed = (id: string, user: string) => press(opened, id, slack.responseUrl(), { ...at, user, pick });
    await slack.send('interactive', pressed('predict_option', 'U2'));
    await slack.waitFor(({ fields }) => /1 person has guessed/.test(fields.text ?? ''));
    await slack.send('interactive', pressed('predict_run', 'U2'));
    await slack.waitFor(({ fields }) => /Whoever opened this runs it/.test(fields.text ?? ''));
    await slack.send('interactive', pressed('predict_run', 'U1'));
    const end = await slack.waitFor(({ fields }) => /1 person was right/.test(fields.text ?? ''), 60);
    expect(end.fields).toMatchObject({ channel: 'C1', ...at });
    expect(slack.refused).toEqual([]);
  });

  test('asks in the conversation with whoever asked, where the bot does not speak; the demo’s rules stay those of the channel', async () => {
    const { slack } = await startApp({ ANSWER_CHANNELS: 'C7', DEMO_CHANNELS: 'C1' });
    await slack.send('slash_commands', predict('data-loss-on-replace'));
    const opened = await posted(slack);
    expect(opened.fields.channel).toBe('U1');
    const own = { ...opened, fields: { ...opened.fields, channel: 'DU1' } };
    await slack.send('interactive', press(own, 'predict_run', slack.responseUrl()));
    await slack.waitFor(({ fields }) => /claims held/.test(fields.text ?? ''), 60);
    expect(
      new Set(slack.calls.flatMap(({ method, fields }) => (method === 'chat.update' ? fields.channel : []))),
    ).toEqual(new Set(['DU1']));
    expect(slack.refused).toEqual([]);
  });

  test('asks in the conversation with whoever asked, where the bot may not write', async () => {
    const { slack } = await startApp();
    slack.faults.set('chat.postMessage', ['not_in_channel']);
    await slack.send('slash_commands', predict('tag-moves'));
    expect((await posted(slack)).fields.channel).toBe('U1');
  });

  test.each([
    ['', 'asks what will happen'],
    ['nonsense', 'no demo of that name'],
  ])('with "%s" lists the demos, and one that is picked is for whoever picked it alone', async (words, expected) => {
    const { slack, assistant } = await startApp();
    await slack.send('slash_commands', command(`predict ${words}`, slack.responseUrl()));
    const list = await slack.waitFor(({ method }) => method.startsWith('respond/'));
    expect(JSON.stringify(list)).toContain(expected);
    const chapter = demosByChapter(assistant).findIndex(({ demos }) => demos.some(({ id }) => id === 'tag-moves'));
    const choose = { ephemeral: true, pick: `predict ${chapter}` };
    await slack.send('interactive', press(list, 'list_chapter', slack.responseUrl(), choose));
    const demos = await slack.waitFor(({ fields }) => fields.replace_original === 'true');
    const picked = { ephemeral: true, pick: 'tag-moves' };
    await slack.send('interactive', press(demos, 'predict_first', slack.responseUrl(), picked));
    const opened = await posted(slack);
    expect(opened.fields.channel).toBe('U1');
    expect(JSON.stringify(opened.blocks)).toContain('predict_option');
    expect(slack.refused).toEqual([]);
  });

  test('is a question like others where more words follow', async () => {
    const { slack } = await startApp();
    await slack.send('slash_commands', command('predict what happens to my data', slack.responseUrl()));
    const answer = await slack.waitFor(({ method }) => method.startsWith('respond/'));
    expect(JSON.stringify(answer)).not.toContain('predict_first');
  });
});

describe('a demo step by step', () => {
  test('waits before each step for a click of whoever started it', async () => {
    const { slack, assistant } = await startApp();
    const steps = assistant.demos().find(({ id }) => id === 'data-loss-on-replace')?.steps ?? [];
    await slack.send('events_api', mention(question));
    const answer = await slack.waitFor((call) => call.method === 'chat.postMessage');
    await slack.send('interactive', press(answer, 'run_step_by_step', slack.responseUrl()));
    for (const [index, title] of steps.entries()) {
      const waiting = await slack.waitFor(({ blocks }) => JSON.stringify(blocks ?? '').includes(`Next: ${title}`), 60);
      if (index === 0) {
        await slack.send('interactive', press(waiting, 'next_step', slack.responseUrl(), { user: 'U9' }));
        await slack.waitFor(({ fields }) => fields.user === 'U9' && /Only whoever started/.test(fields.text ?? ''));
        await sleep(200);
        expect(JSON.stringify(slack.calls)).not.toContain(`Next: ${steps[1]}`);
      }
      await slack.send('interactive', press(waiting, 'next_step', slack.responseUrl()));
      await slack.send('interactive', press(waiting, 'next_step', slack.responseUrl()));
    }
    await slack.waitFor((call) => call.fields.text?.includes('3 of 3 claims held') === true, 60);
    await slack.waitFor(({ fields }) => /begun already|already ended/.test(fields.text ?? ''));
    expect(slack.refused).toEqual([]);
  });

  test('can be stopped while it waits', async () => {
    const { slack } = await startApp();
    await slack.send('events_api', mention(question));
    const answer = await slack.waitFor((call) => call.method === 'chat.postMessage');
    await slack.send('interactive', press(answer, 'run_step_by_step', slack.responseUrl()));
    const waiting = await slack.waitFor(({ blocks }) => JSON.stringify(blocks ?? '').includes('Next: '), 60);
    await slack.send('interactive', press(waiting, 'stop_run', slack.responseUrl()));
    await slack.waitFor((call) => /stopped/.test(call.fields.text ?? ''), 30);
  });
});
