import { once } from 'node:events';
import { createServer } from 'node:net';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { assemble } from '../../src/assemble.ts';
import { readConfig } from '../../src/config.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { createSlackSurface } from '../../src/slack/slack-surface.ts';
import { healthRoutes } from '../../src/web/health-server.ts';
import { temporaryFolder } from '../engines/test-engine.ts';
import { signedHeaders, startFakeSlack, workspace } from '../fake-slack/fake-slack.ts';
import { command, mention } from '../fake-slack/payloads.ts';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function startHttpApp() {
  const slack = await startFakeSlack();
  const port = await freePort();
  const environment = {
    ...process.env,
    SLACK_BOT_TOKEN: workspace.botToken,
    SLACK_SIGNING_SECRET: workspace.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    PORT: String(port),
    DATA_DIR: await temporaryFolder(),
  };
  const config = readConfig(environment);
  if (config.slack.mode !== 'http') throw new Error('The test app needs HTTP');
  const { assistant, store } = await assemble(config, environment);
  const metrics = createMetrics(store.file);
  const surface = createSlackSurface({
    config: config.slack,
    http: config.http,
    assistant,
    store: store.open(),
    log: pino({ level: 'silent' }),
    metrics,
    routes: healthRoutes({ ready: () => true }, metrics),
  });
  await surface.start();
  onTestFinished(async () => {
    await surface.stop();
    store.close();
  });
  const base = `http://127.0.0.1:${port}`;
  const send = (body: string, headers: Record<string, string>) =>
    fetch(`${base}/slack/events`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
  return { slack, base, send };
}

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
