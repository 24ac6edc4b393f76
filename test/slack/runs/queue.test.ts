import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Call, FakeSlack } from '../../fake-slack/fake-slack.ts';
import { mention, press } from '../../fake-slack/payloads.ts';
import { startApp } from '../start-app.ts';

const oneEach = { DEMO_PER_PERSON: '1', DEMO_PER_CHANNEL: '1', DEMO_CONCURRENCY: '2' };
const shown = ({ blocks }: Call) => JSON.stringify(blocks ?? '');

async function ask(slack: FakeSlack): Promise<Call> {
  await slack.send('events_api', mention('does a tag move when I build again?'));
  return slack.waitFor(({ method }) => method === 'chat.postMessage');
}

/** Presses a button of a run's message, as it stands. */
const pressRun = (slack: FakeSlack, message: Call, id: string, user: string) =>
  slack.send('interactive', press(message, id, slack.responseUrl(), { user, ts: message.fields.ts ?? '1002.000100' }));

test('whoever presses Run while one runs gets a place, sees it move, and can leave it', async () => {
  const { slack } = await startApp(oneEach);
  const answer = await ask(slack);
  const run = (user: string, id = 'run_demo') => pressRun(slack, answer, id, user);
  await run('U1', 'run_step_by_step');
  const first = await slack.waitFor((call) => shown(call).includes('next_step'));
  await run('U2');
  const second = await slack.waitFor((call) => shown(call).includes('place 1 in the queue'));
  expect(shown(second)).toContain('Leave the queue');
  await run('U3');
  const third = await slack.waitFor((call) => shown(call).includes('place 2 in the queue'));
  await pressRun(slack, second, 'stop_run', 'U2');
  const left = await slack.waitFor((call) => /left the queue/.test(call.fields.text ?? ''));
  expect(shown(left)).toContain('run_again');
  expect(shown(left)).not.toMatch(/[Rr]eceipt|left over|0 ms/);
  const moved = await slack.waitFor(
    (call) => shown(call).includes('place 1 in the queue') && call.fields.ts === third.fields.ts,
  );
  expect(moved.method).toBe('chat.update');
  await pressRun(slack, first, 'stop_run', 'U1');
  const end = await slack.waitFor((call) => /claims held/.test(call.fields.text ?? ''), 60);
  expect(end.fields.ts).toBe(third.fields.ts);
  expect(slack.refused).toEqual([]);
});

test('whoever presses Run twice gets one run, and a word', async () => {
  const { slack, store } = await startApp(oneEach);
  const answer = await ask(slack);
  for (const _ of [1, 2]) {
    await pressRun(slack, answer, 'run_demo', 'U1');
    await sleep(5);
  }
  const word = await slack.waitFor(({ method }) => method === 'chat.postEphemeral');
  expect(word.fields.text).toContain('under way here already');
  await slack.waitFor((call) => /claims held/.test(call.fields.text ?? ''), 60);
  expect(await store.runs.since(0)).toHaveLength(1);
});

test('whoever runs a demo twice where they may run several gets one run, and a word', async () => {
  const { slack } = await startApp({ DEMO_PER_PERSON: '4' });
  const answer = await ask(slack);
  await pressRun(slack, answer, 'run_step_by_step', 'U1');
  await slack.waitFor((call) => shown(call).includes('next_step'));
  await pressRun(slack, answer, 'run_demo', 'U1');
  const word = await slack.waitFor(({ method }) => method === 'chat.postEphemeral');
  expect(word.fields.text).toContain('under way here already');
  expect(slack.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(2);
});

test('a press that Slack delivers three times runs one demo', async () => {
  const { slack, store } = await startApp();
  const answer = await ask(slack);
  const payload = press(answer, 'run_demo', slack.responseUrl());
  await Promise.all([1, 2, 3].map(() => slack.send('interactive', payload)));
  await slack.waitFor((call) => /claims held/.test(call.fields.text ?? ''), 60);
  await slack.send('interactive', payload);
  await sleep(500);
  expect(await store.runs.since(0)).toHaveLength(1);
});
