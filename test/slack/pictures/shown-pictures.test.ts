import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Call, FakeSlack } from '../../fake-slack/fake-slack.ts';
import { mention, press } from '../../fake-slack/payloads.ts';
import { startApp } from '../start-app.ts';

const question = 'why is my database empty after I redeployed?';
/** Longer than it takes until Slack shows a file. */
const settled = 4500;

async function ask(slack: FakeSlack, event: string): Promise<Call> {
  await slack.send('events_api', mention(`<@U0BOT> ${question}`, { ts: event }));
  return slack.waitFor(({ method, fields }) => method === 'chat.postMessage' && fields.thread_ts === event);
}

const typesOf = ({ blocks = [] }: Call) => blocks.map(({ type }) => type);

test('an answer shows the picture of its idea once the workspace has it, and goes without where Slack refuses it', async () => {
  const { slack } = await startApp();
  expect(typesOf(await ask(slack, '1700000001.000100'))).not.toContain('image');
  await slack.waitFor(({ method }) => method === 'files.completeUploadExternal');
  await sleep(settled);

  const whole = await ask(slack, '1700000002.000100');
  expect(typesOf(whole)).toContain('image');
  expect(JSON.stringify(whole.blocks)).toContain('Above, without a volume: the old container holds the data');

  slack.lacks.blocks.set('image', 'invalid_blocks');
  const without = await ask(slack, '1700000003.000100');
  expect(typesOf(without)).toEqual(typesOf(whole).filter((type) => type !== 'image'));
  expect(slack.refused).toEqual([]);
});

test('the commands of a run show its life lines above them', async () => {
  const { slack } = await startApp();
  const answer = await ask(slack, '1700000001.000100');
  await slack.send('interactive', press(answer, 'run_demo', slack.responseUrl()));
  const isCard = ({ method, fields }: Call) => method === 'chat.update' && /claims held/.test(fields.text ?? '');
  const card = await slack.waitFor(isCard, 60);
  await slack.send('interactive', press(card, 'run_commands', slack.responseUrl(), { ts: card.fields.ts ?? '' }));
  const opened = await slack.waitFor(({ method }) => method === 'views.open');
  expect(typesOf(opened)).not.toContain('image');
  const shown = await slack.waitFor(({ method }) => method === 'views.update');
  expect(typesOf(shown)).toEqual([typesOf(opened)[0], 'image', ...typesOf(opened).slice(1)]);
  expect(JSON.stringify(shown.blocks)).toContain('container demo-b: made in step 3, looked into in vain in step 3');
  expect(slack.refused).toEqual([]);
});
