import { expect, test } from 'vitest';
import { command, press } from '../../fake-slack/payloads.ts';
import { startApp } from '../start-app.ts';

test('a shared answer names whoever shared it, also when the rest of it is opened, and pings nobody', async () => {
  const { slack } = await startApp();
  slack.people.set('U1', { profile: { display_name: 'Ann <!here>' } });
  await slack.send('slash_commands', command('why is my database empty after I redeployed?', slack.responseUrl()));
  const answer = await slack.waitFor(({ method }) => method.startsWith('respond/'));
  await slack.send('interactive', press(answer, 'share_answer', slack.responseUrl(), { ephemeral: true }));
  const shared = await slack.waitFor(({ method }) => method === 'chat.postMessage');
  expect(JSON.stringify(shared.blocks)).toContain('"Shared by Ann"');
  await slack.send('interactive', press(shared, 'show_more', slack.responseUrl()));
  const opened = await slack.waitFor(({ method }) => method === 'chat.update');
  expect(JSON.stringify(opened.blocks)).toContain('"Shared by Ann"');
  expect(JSON.stringify([shared.blocks, opened.blocks])).not.toContain('"type":"user"');
  expect(slack.refused).toEqual([]);
});

test('where Slack tells no name it is shared without one', async () => {
  const { slack } = await startApp();
  slack.faults.set('users.info', ['missing_scope']);
  await slack.send('slash_commands', command('why is my database empty after I redeployed?', slack.responseUrl()));
  const answer = await slack.waitFor(({ method }) => method.startsWith('respond/'));
  await slack.send('interactive', press(answer, 'share_answer', slack.responseUrl(), { ephemeral: true }));
  const shared = await slack.waitFor(({ method }) => method === 'chat.postMessage');
  expect(JSON.stringify(shared.blocks)).not.toContain('Shared by');
});
