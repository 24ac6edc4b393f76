import { expect, test } from 'vitest';
import { signedHeaders, workspace } from '../fake-slack/fake-slack.ts';
import { command, mention } from '../fake-slack/payloads.ts';
import { startHttpApp as startApp } from './start-http-app.ts';

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
  ['without a signature', () => ({})],
])('a request %s is turned away', async (_, headersFor) => {
  const { slack, send } = await startHttpApp();
  const body = JSON.stringify(mention('what is an image?'));
  expect((await send(body, headersFor(body))).status).toBe(401);
  expect(slack.calls.filter((call) => call.method.startsWith('chat.'))).toEqual([]);
});
