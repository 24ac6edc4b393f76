import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Call, FakeSlack } from '../../fake-slack/fake-slack.ts';
import { mention, message, nextTs, press } from '../../fake-slack/payloads.ts';
import { startApp } from '../start-app.ts';

const question = 'why is my database empty after I redeployed?';
const chat = ({ calls }: FakeSlack, method: string) => calls.filter((call) => call.method === `chat.${method}`);
const gone = (slack: FakeSlack) => chat(slack, 'delete').map(({ fields }) => fields.ts);

const deleted = (ts: string) =>
  message('', {
    subtype: 'message_deleted',
    channel: 'C1',
    channel_type: 'channel',
    user: undefined,
    deleted_ts: ts,
    previous_message: { type: 'message', user: 'U1', ts, text: 'before' },
  });

/** Asks by a mention. @returns the question's timestamp and the answer */
async function ask(slack: FakeSlack): Promise<{ readonly ts: string; readonly answer: Call }> {
  const ts = nextTs();
  await slack.send('events_api', mention(question, { ts }));
  return { ts, answer: await slack.waitFor(({ method }) => method === 'chat.postMessage') };
}

describe('the deletion of a question', () => {
  test('takes the demo of its answer too, which ended', async () => {
    const { slack, store } = await startApp();
    const { ts, answer } = await ask(slack);
    await slack.send('interactive', press(answer, 'run_demo', slack.responseUrl()));
    await slack.waitFor(
      ({ method, fields }) => method === 'chat.update' && /claims? held/i.test(fields.text ?? ''),
      60,
    );
    await expect.poll(async () => (await store.answers.find('T1', 'C1', ts))?.attached).toEqual(['1002.000100']);
    await slack.send('events_api', deleted(ts));
    await slack.waitFor(() => gone(slack).length === 2);
    expect(gone(slack).sort()).toEqual(['1001.000100', '1002.000100']);
    expect(slack.refused).toEqual([]);
  });

  test('stops a demo that goes on, of which nothing comes any more', async () => {
    const { slack, store, assistant } = await startApp();
    const { ts, answer } = await ask(slack);
    await slack.send('interactive', press(answer, 'run_step_by_step', slack.responseUrl()));
    await slack.waitFor(({ method, fields }) => method === 'chat.update' && fields.ts === '1002.000100', 60);
    await expect.poll(async () => (await store.answers.find('T1', 'C1', ts))?.attached).toEqual(['1002.000100']);
    await slack.send('events_api', deleted(ts));
    await slack.waitFor(() => gone(slack).length === 2);
    await expect.poll(async () => (await assistant.audit(0))[0]?.outcome, { timeout: 30_000 }).toBe('stopped');
    await sleep(1500);
    expect(chat(slack, 'postMessage')).toHaveLength(2);
  });

  test('takes the poll of its answer, and the demo that ran for it', async () => {
    const { slack, store } = await startApp();
    const { ts, answer } = await ask(slack);
    await slack.send('interactive', press(answer, 'predict_first', slack.responseUrl()));
    const poll = await slack.waitFor((call) => call.method === 'chat.postMessage' && call !== answer);
    await slack.send('interactive', press(poll, 'predict_run', slack.responseUrl(), { ts: '1002.000100' }));
    await slack.waitFor(({ fields }) => /claims? held/i.test(fields.text ?? ''), 60);
    await expect
      .poll(async () => (await store.answers.find('T1', 'C1', ts))?.attached)
      .toEqual(['1002.000100', '1003.000100']);
    await slack.send('events_api', deleted(ts));
    await slack.waitFor(() => gone(slack).length === 3);
  });

  test('takes what was opened from its answer, and the demo of that', async () => {
    const { slack, store } = await startApp();
    const { ts, answer } = await ask(slack);
    await slack.send('interactive', press(answer, 'show_entry', slack.responseUrl(), { pick: 'keep-data' }));
    const related = await slack.waitFor((call) => call.method === 'chat.postMessage' && call !== answer);
    await slack.send('interactive', press(related, 'run_demo', slack.responseUrl(), { ts: '1002.000100' }));
    await slack.waitFor(({ fields }) => /claims? held/i.test(fields.text ?? ''), 60);
    await expect.poll(async () => (await store.answers.find('T1', 'C1', ts))?.attached).toHaveLength(2);
    await slack.send('events_api', deleted(ts));
    await slack.waitFor(() => gone(slack).length === 3);
  });
});

test.each([
  ['of the question', (question: string) => question],
  ['of the wish', (_: string, wish: string) => wish],
])('the deletion %s takes a demo that was asked for in words', async (_, which) => {
  const { slack, store } = await startApp();
  const { ts } = await ask(slack);
  const wish = nextTs();
  await slack.send('events_api', mention('run it', { ts: wish, thread_ts: ts }));
  await slack.waitFor(({ fields }) => /claims? held/i.test(fields.text ?? ''), 60);
  for (const asked of [ts, wish])
    await expect.poll(async () => (await store.answers.find('T1', 'C1', asked))?.attached).toEqual(['1002.000100']);
  await slack.send('events_api', deleted(which(ts, wish)));
  await slack.waitFor(() => gone(slack).includes('1002.000100'));
  expect(slack.refused).toEqual([]);
});

test('an edit that changes an answer leaves its demo, which goes with the question all the same', async () => {
  const { slack, store } = await startApp();
  const { ts, answer } = await ask(slack);
  await slack.send('interactive', press(answer, 'run_demo', slack.responseUrl()));
  await slack.waitFor(({ fields }) => /claims? held/i.test(fields.text ?? ''), 60);
  await expect.poll(async () => (await store.answers.find('T1', 'C1', ts))?.attached).toHaveLength(1);
  await slack.send('events_api', mention('what is a volume?', { ts, edited: { user: 'U1', ts: nextTs() } }));
  await slack.waitFor(({ method, fields }) => method === 'chat.update' && fields.ts === '1001.000100');
  expect(gone(slack)).toEqual([]);
  await slack.send('events_api', deleted(ts));
  await slack.waitFor(() => gone(slack).length === 2);
});
