import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../engines/test-engine.ts';
import { type FakeSlack, startFakeSlack, workspace } from '../fake-slack/fake-slack.ts';
import { mention, press } from '../fake-slack/payloads.ts';
import { type ServeProcess, startServe } from '../slack/serve-process.ts';
import { freePort } from '../slack/start-http-app.ts';
import { holdStore } from '../store/hold-store.ts';
import { startProgram } from './run-program.ts';

const question = 'does a tag move when I build again?';

/** A connection on which somebody says something, or nothing, and no more. */
async function idleConnection(address: string, said = ''): Promise<Socket> {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname).on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  socket.write(said);
  return socket;
}

/** An engine that takes every call and answers none. */
async function silentEngine(): Promise<string> {
  const path = join(await temporaryFolder(), 'engine.sock');
  const open = new Set<Socket>();
  const server = createServer((socket) => open.add(socket.on('error', () => undefined))).listen(path);
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  await once(server, 'listening');
  return `unix://${path}`;
}

/** Asks the bot to end. @returns its exit code, or that it hangs: it has ten seconds, and this machine may be slow */
async function ending(bot: Pick<ServeProcess, 'end'>): Promise<number | null | 'hangs'> {
  const since = performance.now();
  const code = await Promise.race([bot.end(), sleep(20_000, 'hangs' as const, { ref: false })]);
  if (process.env.SHOW_DELAY !== undefined)
    process.stderr.write(`${expect.getState().currentTestName}: ${Math.round(performance.now() - since)} ms\n`);
  return code;
}

async function pressRun(slack: FakeSlack, users: readonly string[]): Promise<void> {
  await slack.send('events_api', mention(question));
  const answer = await slack.waitFor((call) => call.method === 'chat.postMessage');
  for (const user of users) await slack.send('interactive', press(answer, 'run_demo', slack.responseUrl(), { user }));
}

async function start(settings: Readonly<Record<string, string>> = {}) {
  const slack = await startFakeSlack();
  const folder = await temporaryFolder();
  const bot = await startServe(slack, { DATA_DIR: folder, DEMO_WARM_RUNS: '0', ...settings });
  return { slack, folder, bot };
}

describe('SIGTERM ends the bot', () => {
  test('while somebody keeps connections open on which nothing, or half a request, was sent', async () => {
    const { bot } = await start();
    await idleConnection(bot.health);
    await idleConnection(bot.health, 'GET /healthz HTTP/1.1\r\nHost: x\r\n');
    expect(await ending(bot)).toBe(0);
  });

  test('over HTTP, while somebody keeps such connections open', async () => {
    const slack = await startFakeSlack();
    const port = await freePort();
    const child = startProgram(['serve'], {
      SLACK_BOT_TOKEN: workspace.botToken,
      SLACK_SIGNING_SECRET: workspace.signingSecret,
      SLACK_API_URL: slack.apiUrl,
      DATA_DIR: await temporaryFolder(),
      DEMO_WARM_RUNS: '0',
      PORT: String(port),
    });
    const closed = once(child, 'close');
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout ?? child, 'data');
    const address = `http://127.0.0.1:${port}`;
    await idleConnection(address);
    await idleConnection(address, 'POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
    const end = async () => {
      child.kill('SIGTERM');
      await closed;
      return child.exitCode;
    };
    expect(await ending({ end })).toBe(0);
  });

  test('while the engine is silent and a demo waits for it', async () => {
    const { bot, slack } = await start({ DOCKER_HOST: await silentEngine() });
    await pressRun(slack, ['U1']);
    await slack.waitFor(({ fields }) => /steps done/.test(fields.text ?? ''));
    expect(await ending(bot)).toBe(0);
  });

  test('while many demos wait in the queue', async () => {
    const { bot, slack } = await start({ DEMO_CONCURRENCY: '1', DEMO_PER_CHANNEL: '99' });
    await pressRun(
      slack,
      Array.from({ length: 20 }, (_, index) => `U${index}`),
    );
    await slack.waitFor(({ fields }) => /place 10 in the queue/.test(fields.text ?? ''));
    expect(await ending(bot)).toBe(0);
  });

  test('while another process holds the store', async () => {
    const { bot, slack, folder } = await start();
    await holdStore(folder);
    await slack.send('events_api', mention(question));
    await slack.waitFor((call) => call.method === 'chat.postMessage');
    expect(await ending(bot)).toBe(0);
    expect(bot.log()).toContain('an answer is not remembered');
  });

  test('before Slack has answered at the start', async () => {
    const silent = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
    onTestFinished(() => void silent.close());
    await once(silent, 'listening');
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const child = startProgram(['serve'], {
      SLACK_BOT_TOKEN: workspace.botToken,
      SLACK_APP_TOKEN: workspace.appToken,
      SLACK_API_URL: `http://127.0.0.1:${port}/api/`,
      DATA_DIR: await temporaryFolder(),
      DEMO_WARM_RUNS: '0',
      PORT: '0',
    });
    const closed = once(child, 'close');
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(silent, 'connection');
    const end = async () => {
      child.kill('SIGTERM');
      await closed;
      return child.exitCode;
    };
    expect(await ending({ end })).toBe(0);
  });
});
