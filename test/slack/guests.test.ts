import { describe, expect, test } from 'vitest';
import { command, mention, press } from '../fake-slack/payloads.ts';
import { startApp } from './start-app.ts';

const question = 'does a tag move when I build again?';

describe('guests, and people of connected workspaces', () => {
  test.each([
    ['a guest', { is_restricted: true }],
    ['a guest of one channel', { is_ultra_restricted: true }],
    ['somebody of a connected workspace', { team_id: 'T9' }],
  ])('%s gets answers, and is told why a demo does not run', async (_, facts) => {
    const { slack, store } = await startApp();
    slack.people.set('U5', facts);
    await slack.send('events_api', mention(question, { user: 'U5' }));
    const answer = await slack.waitFor((call) => call.method === 'chat.postMessage');
    await slack.send('interactive', press(answer, 'run_demo', slack.responseUrl(), { user: 'U5' }));
    const word = await slack.waitFor((call) => call.method === 'chat.postEphemeral');
    expect(word.fields).toMatchObject({ user: 'U5', text: expect.stringContaining('Ask somebody of this workspace') });
    expect(store.runs.recent('T1', 9)).toEqual([]);
    expect(slack.refused).toEqual([]);
  });

  test('run demos where the workspace lets them, without a question to Slack', async () => {
    const { slack, store } = await startApp();
    store.settings.put('T1', { guestsMayRunDemos: true });
    slack.people.set('U5', { is_restricted: true });
    await slack.send('slash_commands', command('demo tag-moves', slack.responseUrl(), { user_id: 'U5' }));
    await slack.waitFor((call) => call.method === 'chat.update' && /held/.test(call.fields.text ?? ''), 60);
    expect(slack.calls.filter((call) => call.method === 'users.info')).toEqual([]);
  });

  test('cannot be told where Slack does not say who people are: then everybody counts as a member', async () => {
    const { slack } = await startApp();
    slack.faults.set('users.info', ['missing_scope']);
    await slack.send('slash_commands', command('demo tag-moves', slack.responseUrl()));
    await slack.waitFor((call) => call.method === 'chat.update' && /held/.test(call.fields.text ?? ''), 60);
  });
});
