import { expect, test, vi } from 'vitest';
import { temporaryFolder } from '../engines/test-engine.ts';
import { startFakeSlack } from '../fake-slack/fake-slack.ts';
import { mention } from '../fake-slack/payloads.ts';
import { startServe } from './serve-process.ts';

test('the bot is alive all the time, and ready only while Slack can reach it', async () => {
  const slack = await startFakeSlack();
  const bot = await startServe(slack, { DATA_DIR: await temporaryFolder() });
  const status = async (path: string) => (await fetch(`${bot.health}${path}`)).status;
  expect(await status('/readyz')).toBe(200);
  slack.cut(3);
  await vi.waitFor(async () => expect(await status('/readyz')).toBe(503), 5000);
  expect(await status('/healthz')).toBe(200);
  await slack.connected();
  await vi.waitFor(async () => expect(await status('/readyz')).toBe(200), 5000);
  await slack.send('events_api', mention('what is an image?'));
  await slack.waitFor((call) => call.method === 'chat.postMessage');
  const metrics = await (await fetch(`${bot.health}/metrics`)).text();
  expect(metrics).toMatch(/^dockproof_slack_calls_total\{method="apps.connections.open",result="http_503"\} [1-9]/m);
  expect(metrics).toMatch(/^process_resident_memory_bytes [1-9]/m);
  expect(await status('/nothing')).toBe(404);
  expect(await bot.end()).toBe(0);
});
