import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createAssistant } from '../../src/assistant/create-assistant.ts';
import { readConfig } from '../../src/config.ts';
import { defineDemo } from '../../src/demos/catalogue/demo.ts';
import { createMatcher } from '../../src/matching/create-matcher.ts';
import { interpose } from '../engines/interpose.ts';
import { startPrivateEngine } from '../engines/private-engine.ts';
import { openTestEngine, openTestRun, temporaryFolder } from '../engines/test-engine.ts';

/** An engine that takes connections and never says anything. */
async function startSilent(): Promise<string> {
  const socket = join(await temporaryFolder(), 's');
  const open = new Set<Socket>();
  const server: Server = createServer((connection) => void open.add(connection)).listen(socket);
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const connection of open) connection.destroy();
  });
  return socket;
}

const run = (timeLimitSeconds: number, signal = new AbortController().signal) => ({
  demo: 'test',
  runId: crypto.randomUUID(),
  timeLimitSeconds,
  signal,
});

/** Longer than anything here may take, shorter than a test. */
const hung = () => sleep(20_000, 'it hung', { ref: false });

describe('with an engine that is silent', () => {
  test('a run ends at its limit before it has begun', async () => {
    const { engine } = await openTestEngine(await startSilent());
    const ended = engine.openRun(run(1)).catch((error: unknown) => error);
    expect(await Promise.race([ended, hung()])).toMatchObject({ code: 'time-limit' });
  });

  test('a run that has not begun can be stopped, and so can the reaper and the question about limits', async () => {
    const { engine } = await openTestEngine(await startSilent());
    const stop = new AbortController();
    const ended = [engine.openRun(run(60, stop.signal)), engine.reap(stop.signal), engine.refusal(stop.signal)];
    const reason = new Error('enough');
    stop.abort(reason);
    const ends = await Promise.race([Promise.allSettled(ended), hung()]);
    expect(ends).toMatchObject([
      { status: 'rejected', reason: { code: 'stopped' } },
      { status: 'rejected', reason },
      { status: 'rejected', reason },
    ]);
  });

  test('a place in the queue is free again, and the end of the program waits for nothing', async () => {
    const { engine } = await openTestEngine(await startSilent(), { warmRuns: 1 });
    const demo = defineDemo({
      id: 'any',
      title: 'Do anything',
      question: { text: 'What will it do, then?', options: ['this', 'that'], right: 0 },
      claims: ['any'],
      steps: { any: 'Do it' },
      async *run({ step, tested }) {
        yield* step('any', async () => undefined);
        yield tested('any', { predicted: '', observed: '', held: true });
      },
    });
    const limits = { ...readConfig({ DEMO_CONCURRENCY: '1' }).demoLimits, timeLimitSeconds: 1 };
    const knowledge = {
      entries: new Map(),
      matcher: createMatcher([]),
      outline: { chapters: {}, statements: {}, topics: {} },
    };
    const assistant = createAssistant({
      knowledge: () => knowledge,
      demos: new Map([[demo.id, demo]]),
      engine: async () => engine,
      limits,
      defaults: readConfig({}).team,
      store: async () => null,
    });
    const play = async (person: string) => {
      const request = { demo: 'any', who: { id: person }, where: { id: person }, signal: new AbortController().signal };
      for await (const event of assistant.runDemo(request))
        if (event.type === 'finished') return event.report.errorCode;
      return null;
    };
    const both = Promise.all([play('a'), play('b')]);
    expect(await Promise.race([both, hung()])).toEqual(['time-limit', 'time-limit']);
    engine.warm({ demo: 'any', calls: [{ kind: 'volume', name: 'v' }] });
    const last = play('c');
    expect(await Promise.race([assistant.close().then(() => 'closed'), hung()])).toBe('closed');
    expect(await last).toBe('stopped');
  });
});

test('an engine that is asked again after it was silent is asked what it is again', async () => {
  const { engine } = await openTestEngine();
  let silent = true;
  const behind = await interpose(engine.address.replace('unix://', ''), (_, url) =>
    silent && /^\/(?:version|info)/.test(url) ? { status: 200, body: '{"Version":' } : null,
  );
  const { engine: recovered } = await openTestEngine(behind.socket);
  await expect(recovered.openRun(run(5))).rejects.toMatchObject({ code: 'engine-unreadable' });
  silent = false;
  const open = await recovered.openRun(run(60));
  expect((await open.close()).engine).not.toBeNull();
});

test('a dockerd that is stopped in the middle of a run keeps it no longer than its limit, and nothing is left later', async () => {
  const privateEngine = await startPrivateEngine();
  const { engine } = await openTestEngine(privateEngine.socket);
  const { sandbox, close } = await openTestRun(engine, { timeLimitSeconds: 10 });
  const container = await sandbox.run({ name: 'a' });
  await sandbox.hostDirectory('shared');
  const command = container.exec('sleep 600').catch((error: unknown) => error);
  process.kill(privateEngine.processId(), 'SIGSTOP');
  onTestFinished(() => void process.kill(privateEngine.processId(), 'SIGCONT'));
  const ended = command.then(async (error) => ({ error, receipt: await close() }));
  const end = await Promise.race([ended, sleep(15_000, 'it ran on', { ref: false })]);
  expect(end).toMatchObject({
    error: { code: expect.stringMatching(/time-limit|engine-gone/) },
    receipt: { leftovers: -1 },
  });
  process.kill(privateEngine.processId(), 'SIGCONT');
  let left = 1;
  for (let tries = 0; left > 0 && tries < 20; tries++) {
    await engine.reap();
    await sleep(100);
    left = (
      await new (await import('dockerode')).default({ socketPath: privateEngine.socket }).listContainers({ all: true })
    ).length;
  }
  expect(left).toBe(0);
});
