import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Docker from 'dockerode';
import { describe, expect, test } from 'vitest';
import { startPrivateEngine } from '../engines/private-engine.ts';
import { objectsOfRun, openTestEngine, openTestRun, temporaryFolder } from '../engines/test-engine.ts';

describe('without an engine', () => {
  test('a missing socket is told with the command that mends it', async () => {
    const { engine } = await openTestEngine(join(await temporaryFolder(), 'none.sock'));
    await expect(engine.facts()).rejects.toMatchObject({
      code: 'no-engine',
      message: expect.stringContaining('npm run engine'),
    });
    await expect(engine.prepare()).rejects.toMatchObject({ code: 'no-engine' });
  });

  test('a path that is no socket is told like a missing one', async () => {
    const file = join(await temporaryFolder(), 'file.sock');
    await writeFile(file, '');
    const { engine } = await openTestEngine(file);
    await expect(engine.facts()).rejects.toMatchObject({ code: 'no-engine' });
  });
});

describe('an engine that goes away in the middle of a run', () => {
  test('killed: the run fails soon and says so; after its restart the next run works and nothing is left', async () => {
    const privateEngine = await startPrivateEngine();
    const { engine } = await openTestEngine(privateEngine.socket);
    const { sandbox, runId, close } = await openTestRun(engine);
    const container = await sandbox.run({ name: 'a' });
    const command = container.exec('sleep 600').catch((error: unknown) => error);
    await privateEngine.end('SIGKILL');
    const failure = await Promise.race([command, sleep(20_000, 'the run hung')]);
    expect(failure).toHaveProperty('code', expect.stringMatching(/engine-gone|container-ended/));
    expect((await close()).leftovers).toBe(-1);

    await privateEngine.start();
    const next = await openTestRun(engine);
    expect(await next.sandbox.runOnce({ name: 'b', script: 'echo works' })).toEqual({ output: 'works', exitCode: 0 });
    await engine.reap();
    expect(await objectsOfRun(new Docker({ socketPath: privateEngine.socket }), runId)).toEqual([]);
  });

  test('restarted in good order: the run fails soon and says so, the next works and nothing is left', async () => {
    const privateEngine = await startPrivateEngine();
    const { engine } = await openTestEngine(privateEngine.socket);
    const { sandbox, runId, close } = await openTestRun(engine);
    await sandbox.volume('v');
    const container = await sandbox.run({ name: 'a' });
    const command = container.exec('sleep 600').catch((error: unknown) => error);
    const restart = privateEngine.end('SIGTERM').then(() => privateEngine.start());
    const failure = await Promise.race([command, sleep(20_000, 'the run hung')]);
    expect(failure).toMatchObject({
      code: expect.stringMatching(/engine-gone|container-ended/),
      message: expect.stringMatching(/went away during the run. Check it with|ended while a command ran/),
    });
    await restart;
    await close();

    const next = await openTestRun(engine);
    expect(await next.sandbox.runOnce({ name: 'b', script: 'echo works' })).toEqual({ output: 'works', exitCode: 0 });
    await engine.reap();
    expect(await objectsOfRun(new Docker({ socketPath: privateEngine.socket }), runId)).toEqual([]);
  });
});
