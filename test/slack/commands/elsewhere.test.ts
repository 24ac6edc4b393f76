import { describe, expect, test } from 'vitest';
import type { FakeSlack } from '../../fake-slack/fake-slack.ts';
import { command, mention, press } from '../../fake-slack/payloads.ts';
import { startApp } from '../start-app.ts';

/** The bot was never invited to this channel. */
function shutOut(slack: FakeSlack): void {
  slack.faults.set('chat.postMessage', ['not_in_channel']);
  slack.faults.set('chat.postEphemeral', ['not_in_channel']);
}

const word = (slack: FakeSlack) =>
  slack.waitFor(({ method, fields }) => /direct messages/.test(fields.text ?? '') && method !== 'chat.postMessage');

describe('what is shown elsewhere than it was asked for is told where it was asked for, with a link', () => {
  test.each([
    ['demo data-loss-on-replace', /demo runs in our direct messages.*invite/i],
    ['predict data-loss-on-replace', /question is in our direct messages.*invite/i],
  ])('/docker %s, in a channel without the bot', async (words, told) => {
    const { slack } = await startApp();
    shutOut(slack);
    await slack.send('slash_commands', command(words, slack.responseUrl()));
    const { method, fields, blocks } = await word(slack);
    expect(method).toMatch(/^respond/);
    expect(fields.text).toMatch(told);
    expect(JSON.stringify(blocks)).toContain('https://t.test/DU1/');
    expect(slack.refused).toEqual([]);
  });

  test.each(['demo data-loss-on-replace', 'predict data-loss-on-replace'])(
    '/docker %s, in a channel in which it does not answer',
    async (words) => {
      const { slack } = await startApp({ ANSWER_CHANNELS: 'C7' });
      await slack.send('slash_commands', command(words, slack.responseUrl()));
      expect((await word(slack)).fields.text).toMatch(/other channels only/);
    },
  );

  test('a button under an answer, of a bot that was removed from the channel', async () => {
    const { slack } = await startApp();
    await slack.send('events_api', mention('why is my database empty after I redeployed?'));
    const answer = await slack.waitFor(({ method }) => method === 'chat.postMessage');
    shutOut(slack);
    await slack.send('interactive', press(answer, 'run_demo', slack.responseUrl()));
    expect((await word(slack)).fields.text).toMatch(/demo runs in our direct messages/);
  });
});

describe('a button under a private answer', () => {
  async function run(settings: Readonly<Record<string, string>>): Promise<FakeSlack> {
    const { slack } = await startApp(settings);
    await slack.send('slash_commands', command('why is my database empty after I redeployed?', slack.responseUrl()));
    const answer = await slack.waitFor(({ method }) => method.startsWith('respond/'));
    await slack.send('interactive', press(answer, 'run_demo', slack.responseUrl(), { ephemeral: true }));
    return slack;
  }

  test('leads to the demo in direct messages', async () => {
    const { fields, blocks } = await word(await run({}));
    expect(fields.text).toBe('The demo runs in our direct messages. Nobody but you sees this message.');
    expect(JSON.stringify(blocks)).toContain('https://t.test/DU1/');
  });

  test('leads nowhere where the demo is refused', async () => {
    const slack = await run({ DEMO_PEOPLE: 'U9' });
    await slack.waitFor(({ fields }) => /Only certain people/.test(fields.text ?? ''));
    expect(slack.calls.filter(({ fields }) => /direct messages/.test(fields.text ?? ''))).toEqual([]);
  });
});

test('what is shown where it was asked for needs no word', async () => {
  const { slack } = await startApp();
  await slack.send('slash_commands', command('demo data-loss-on-replace', slack.responseUrl()));
  await slack.waitFor(({ fields }) => fields.text?.includes('claims held') === true, 60);
  expect(slack.calls.filter(({ fields }) => /direct messages/.test(fields.text ?? ''))).toEqual([]);
});
