import { expect, test } from 'vitest';
import { type FakeSlack, signedHeaders, workspace } from '../../fake-slack/fake-slack.ts';
import { command, mention, message, press, shortcut, submit } from '../../fake-slack/payloads.ts';
import { startHttpApp as startApp } from '../start-http-app.ts';

const startHttpApp = () =>
  startApp({ SLACK_BOT_TOKEN: workspace.botToken, SLACK_SIGNING_SECRET: workspace.signingSecret });

test('a signed event is answered, and the health address is on the same port', async () => {
  const { slack, base, send } = await startHttpApp();
  const body = JSON.stringify(mention('what is an image?'));
  expect((await send(body, signedHeaders(body))).status).toBe(200);
  await slack.waitFor((call) => call.method === 'chat.postMessage');
  expect((await fetch(`${base}/healthz`)).status).toBe(200);
  expect(slack.refused).toEqual([]);
});

test.each([
  ['with a slash at its end', (address: string) => address],
  ['without one', (address: string) => address.replace(/\/$/, '')],
])('the base of the Web API is taken %s', async (_, change) => {
  const { slack, sendEvent } = await startApp(
    { SLACK_BOT_TOKEN: workspace.botToken, SLACK_SIGNING_SECRET: workspace.signingSecret },
    change,
  );
  await sendEvent(mention('what is an image?'));
  await slack.waitFor((call) => call.method === 'chat.postMessage');
});

test('a signed command is answered', async () => {
  const { slack, send } = await startHttpApp();
  const fields = Object.entries(command('what is an image?', slack.responseUrl())).map(
    ([name, value]): [string, string] => [name, String(value)],
  );
  const body = new URLSearchParams(fields).toString();
  const response = await send(body, { ...signedHeaders(body), 'content-type': 'application/x-www-form-urlencoded' });
  expect(response.status).toBe(200);
  await slack.waitFor((call) => call.method.startsWith('respond/'));
});

test.each([
  ['with a wrong signature', (body: string) => signedHeaders(body, 'other')],
  ['that is older than five minutes', (body: string) => signedHeaders(body, workspace.signingSecret, 400)],
  ['that is more than five minutes ahead', (body: string) => signedHeaders(body, workspace.signingSecret, -400)],
  ['without a signature', () => ({})],
])('a request %s is turned away', async (_, headersFor) => {
  const { slack, send } = await startHttpApp();
  const body = JSON.stringify(mention('what is an image?'));
  expect((await send(body, headersFor(body))).status).toBe(401);
  expect(slack.calls.filter((call) => call.method.startsWith('chat.'))).toEqual([]);
});

test('the check of the address is answered with its challenge', async () => {
  const { send } = await startHttpApp();
  const body = JSON.stringify({ type: 'url_verification', challenge: 'abc123', token: 'verification' });
  const response = await send(body, signedHeaders(body));
  expect(response.status).toBe(200);
  expect(await response.text()).toContain('abc123');
});

test('a button, the home, a modal and a direct message work over HTTP too, with fields left out or null', async () => {
  const { slack, sendEvent, sendForm } = await startHttpApp();
  const answers = () => slack.calls.filter(({ method }) => method === 'chat.postMessage');
  const interact = (payload: object) => sendForm({ payload: JSON.stringify(payload) });
  await sendEvent({ type: 'event_callback', event: { ...eventOf(message('what is a volume?')), thread_ts: null } });
  await slack.waitFor(() => answers().length === 1);
  const [direct] = answers();
  expect(direct?.fields.channel).toBe('D1');
  await sendEvent({ type: 'event_callback', event: { type: 'app_home_opened', user: 'U1', view: null } });
  const home = await slack.waitFor(({ method }) => method === 'views.publish');
  expect((await interact({ ...press(home, 'show_entry', ''), channel: null, message: null })).status).toBe(200);
  await slack.waitFor(({ method }) => method === 'views.open');
  if (direct) await interact({ ...press(direct, 'vote_not_helpful', slack.responseUrl()), team: null });
  const reason = await slack.waitFor(({ fields }) => fields.view?.includes('What was wrong?') === true);
  const values = { kind: { kind: { selected_option: null } }, words: { words: { value: 'all' } } };
  expect((await interact({ ...submit(reason, values), team: null })).status).toBe(200);
  expect(slack.refused).toEqual([]);
});

function eventOf(payload: object): object {
  return 'event' in payload && typeof payload.event === 'object' && payload.event !== null ? payload.event : {};
}

test.each([
  ['null', 'application/json'],
  ['[]', 'application/json'],
  ['7', 'application/json'],
  ['"text"', 'application/json'],
  ['', 'application/json'],
  ['payload=null', 'application/x-www-form-urlencoded'],
  ['payload=%5B%5D', 'application/x-www-form-urlencoded'],
])('a signed request that holds %s (%s) is turned away, and costs nothing else', async (body, type) => {
  const { slack, send, sendEvent } = await startHttpApp();
  expect((await send(body, { ...signedHeaders(body), 'content-type': type })).status).toBe(400);
  await sendEvent(mention('what is an image?'));
  await slack.waitFor((call) => call.method === 'chat.postMessage');
});

test('a request that is larger than any of Slack is turned away before it is read', async () => {
  const { send, sendEvent, slack } = await startHttpApp();
  const body = JSON.stringify({ ...mention('what is an image?'), more: 'x'.repeat(600_000) });
  const status = await send(body, signedHeaders(body)).then(
    (response) => response.status,
    () => 'cut off',
  );
  expect([413, 'cut off']).toContain(status);
  await sendEvent(mention('what is an image?'));
  await slack.waitFor((call) => call.method === 'chat.postMessage');
});

test('a request to an address that there is not is told so', async () => {
  const { base } = await startHttpApp();
  expect((await fetch(`${base}/nowhere`, { method: 'POST', body: '{}' })).status).toBe(404);
  expect((await fetch(`${base}/metrics`)).status).toBe(404);
});

test('a command, a press or a shortcut that comes again is not answered again', async () => {
  const { slack, send } = await startHttpApp();
  const interaction = (payload: object) => ({ payload: JSON.stringify(payload) });
  const twice = async (fields: object) => {
    const pairs = Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]);
    const body = new URLSearchParams(pairs).toString();
    const headers = { ...signedHeaders(body), 'content-type': 'application/x-www-form-urlencoded' };
    for (let time = 0; time < 2; time++) expect((await send(body, headers)).status).toBe(200);
  };
  const responses = () => slack.calls.filter(({ method }) => method.startsWith('respond/')).length;
  await twice(command('what is an image?', slack.responseUrl()));
  await expect.poll(responses).toBe(1);
  await twice(interaction(shortcut('what is an image?', slack.responseUrl())));
  await expect.poll(responses).toBe(2);
  await sendLast(slack, send);
  expect(responses()).toBe(2);
  const [answer] = slack.calls.filter(({ method }) => method === 'chat.postMessage');
  if (!answer) throw new Error('There is no answer');
  await twice(interaction(press(answer, 'vote_helpful', slack.responseUrl())));
  await slack.waitFor(({ fields }) => /Your vote counts/.test(fields.text ?? ''));
  await sendLast(slack, send);
  expect(slack.calls.filter(({ fields }) => /Your vote counts/.test(fields.text ?? ''))).toHaveLength(1);
});

/** Asks something more, and waits for the answer: what came before it has been dealt with then. */
async function sendLast(slack: FakeSlack, send: Awaited<ReturnType<typeof startHttpApp>>['send']): Promise<void> {
  const before = slack.calls.filter(({ method }) => method === 'chat.postMessage').length;
  const body = JSON.stringify(mention('what is a volume?'));
  await send(body, signedHeaders(body));
  await expect
    .poll(() => slack.calls.filter(({ method }) => method === 'chat.postMessage').length, { timeout: 20_000 })
    .toBeGreaterThan(before);
}
