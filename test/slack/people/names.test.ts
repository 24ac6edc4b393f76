import { WebClient } from '@slack/web-api';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { nameOf } from '../../../src/slack/people/name-of.ts';
import { createPeople } from '../../../src/slack/people/people.ts';
import { startFakeSlack, workspace } from '../../fake-slack/fake-slack.ts';

async function nameFor(told: object | string): Promise<string | null> {
  const slack = await startFakeSlack();
  if (typeof told === 'string') slack.faults.set('users.info', [told]);
  else slack.people.set('U5', told);
  const client = new WebClient(workspace.botToken, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } });
  return nameOf({ people: createPeople(pino({ level: 'silent' })) }, client, { team: 'T1', user: 'U5' });
}

test.each([
  ['the name that they chose', { profile: { display_name: 'Ann', real_name: 'Ann Lee' }, name: 'alee' }, 'Ann'],
  ['else their whole name', { profile: { display_name: '' }, real_name: 'Ann Lee', name: 'alee' }, 'Ann Lee'],
  ['else the name of their account', { profile: null, real_name: null, name: 'alee' }, 'alee'],
  ['nothing where there is none', {}, null],
  ['nothing where Slack does not tell', 'missing_scope', null],
])('a person is called by %s', async (_, told, name) => {
  expect(await nameFor(told)).toBe(name);
});

test('a name is one line without what would disguise or lengthen a message', async () => {
  const name = await nameFor({ real_name: `<!channel> An\u202en\n${'Lee '.repeat(50)}` });
  expect(name).toMatch(/^An n Lee/);
  expect(name?.length).toBeLessThanOrEqual(60);
});
