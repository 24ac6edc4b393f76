import { describe, expect, test } from 'vitest';
import type { Call, FakeSlack } from '../../fake-slack/fake-slack.ts';
import { mention, press } from '../../fake-slack/payloads.ts';
import { startApp } from '../start-app.ts';

async function pressRun(slack: FakeSlack, user: string): Promise<Call> {
  await slack.send('events_api', mention('why is my database empty after I redeployed?', { user }));
  const answer = await slack.waitFor(({ method }) => method === 'chat.postMessage');
  await slack.send('interactive', press(answer, 'run_demo', slack.responseUrl(), { user }));
  return answer;
}

const word = (slack: FakeSlack) => slack.waitFor(({ method }) => method === 'chat.postEphemeral');
const ran = (slack: FakeSlack) => slack.waitFor(({ fields }) => fields.text?.includes('claims held') === true, 60);

describe('who does not run demos', () => {
  test.each([
    ['a guest of several channels', { is_restricted: true }],
    ['a guest of one channel', { is_ultra_restricted: true }],
    ['somebody of a connected workspace', { is_stranger: true }],
    ['somebody whose home is another workspace', { team_id: 'T9' }],
  ])('%s gets the answer, and is told who can run it', async (_, facts) => {
    const { slack } = await startApp();
    slack.people.set('U5', facts);
    await pressRun(slack, 'U5');
    expect((await word(slack)).fields).toMatchObject({ user: 'U5', text: expect.stringContaining('Guests') });
    expect(slack.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1);
    expect(slack.refused).toEqual([]);
  });

  test.each([
    ['without the scope', 'missing_scope'],
    ['for a person that it does not know', 'user_not_found'],
  ])('those of whom Slack tells nothing, %s, and they may try again', async (_, error) => {
    const { slack } = await startApp();
    slack.faults.set('users.info', [error]);
    const answer = await pressRun(slack, 'U5');
    expect((await word(slack)).fields.text).toMatch(/cannot tell whether you are a guest.*users:read/);
    await slack.send('interactive', press(answer, 'run_demo', slack.responseUrl(), { user: 'U5' }));
    await ran(slack);
  });
});

test.each([
  ['of whom Slack says so', { is_restricted: true }],
  ['of whom it tells nothing', 'missing_scope'],
])('guests %s run demos where the team allows it', async (_, facts) => {
  const { slack } = await startApp({ DEMO_GUESTS: 'true' });
  if (typeof facts === 'string') slack.faults.set('users.info', [facts]);
  else slack.people.set('U5', facts);
  await pressRun(slack, 'U5');
  await ran(slack);
});

test.each([
  ['of another workspace of one organisation', { team_id: 'T9', enterprise_user: { teams: ['T1', 'T9'] } }],
  ['of whom a stand-in of Slack knows nothing', 'unknown_method'],
  [
    'of whom it sends null for all that it does not know',
    { team_id: null, is_restricted: null, enterprise_user: null },
  ],
])('somebody %s is no guest', async (_, facts) => {
  const { slack } = await startApp();
  if (typeof facts === 'string') slack.faults.set('users.info', [facts]);
  else slack.people.set('U5', facts);
  await pressRun(slack, 'U5');
  await ran(slack);
});

test('a person is looked up once for several runs', async () => {
  const { slack } = await startApp();
  const answer = await pressRun(slack, 'U5');
  await ran(slack);
  await slack.send('interactive', press(answer, 'run_demo', slack.responseUrl(), { user: 'U5' }));
  await slack.waitFor(
    () =>
      new Set(slack.calls.filter(({ fields }) => /claims held/.test(fields.text ?? '')).map(({ fields }) => fields.ts))
        .size === 2,
    60,
  );
  expect(slack.calls.filter(({ method }) => method === 'users.info')).toHaveLength(1);
});
