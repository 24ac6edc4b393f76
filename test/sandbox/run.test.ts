import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { objectsOfRun, openTestEngine, openTestRun } from '../engines/test-engine.ts';

describe('a run', () => {
  test('returns what a command printed, errors in their place, and its exit code', async () => {
    const { engine } = await openTestEngine();
    const { sandbox } = await openTestRun(engine);
    const container = await sandbox.run({ name: 'a' });
    expect(await container.exec('echo one; echo two >&2; echo three; exit 7')).toEqual({
      output: 'one\ntwo\nthree',
      exitCode: 7,
    });
    expect(await container.exec('true')).toEqual({ output: '', exitCode: 0 });
  });

  test('keeps what commands print apart, however many are asked for at once', async () => {
    const { engine } = await openTestEngine();
    const { sandbox } = await openTestRun(engine);
    const container = await sandbox.run({ name: 'a' });
    const results = await Promise.all(Array.from({ length: 20 }, (_, n) => container.exec(`echo "line ${n}"`)));
    expect(results.map((result) => result.output)).toEqual(Array.from({ length: 20 }, (_, n) => `line ${n}`));
  });

  test('records the command line for each call and what it printed', async () => {
    const { engine } = await openTestEngine();
    const { sandbox, recorder } = await openTestRun(engine);
    const container = await sandbox.run({ name: 'a' });
    await container.exec(`echo "it's done"`);
    expect(recorder.takeStep()).toEqual({
      commands: [
        'docker run --detach --interactive --init --name demo-a --network none --read-only demo-base sh',
        `docker exec demo-a sh -c 'echo "it'\\''s done"'`,
      ],
      output: "it's done",
      printed: "it's done",
    });
    expect(recorder.takeStep()).toEqual({ commands: [], output: '', printed: '' });
  });

  test('takes a stopped container up again with its files', async () => {
    const { engine } = await openTestEngine();
    const { sandbox } = await openTestRun(engine);
    const container = await sandbox.run({ name: 'a', loosen: { writableRoot: true } });
    await container.exec('echo kept > /work/file');
    await container.stop();
    expect((await container.inspect()).status).toBe('exited');
    await container.start();
    expect((await container.exec('cat /work/file')).output).toBe('kept');
  });

  test('refuses a command in a container that does not run, and says so', async () => {
    const { engine } = await openTestEngine();
    const { sandbox } = await openTestRun(engine);
    const container = await sandbox.run({ name: 'a' });
    await container.kill();
    await expect(container.exec('true')).rejects.toMatchObject({ code: 'container-ended' });
  });

  test('says that a container ended where its command ended it', async () => {
    const { engine } = await openTestEngine();
    const { sandbox } = await openTestRun(engine);
    const container = await sandbox.run({ name: 'a' });
    await expect(container.exec('kill -KILL -1')).rejects.toMatchObject({ code: 'container-ended' });
  });

  test('cuts endless output and goes on', async () => {
    const { engine } = await openTestEngine();
    const { sandbox } = await openTestRun(engine);
    const container = await sandbox.run({ name: 'a' });
    const { output } = await container.exec('yes | head -c 5000000');
    expect(output.length).toBeLessThan(20_000);
    expect(output).toContain('output cut');
    expect((await container.exec('echo after')).output).toBe('after');
  });

  test('leaves nothing on the engine: containers, images, volumes', async () => {
    const { engine, docker } = await openTestEngine();
    const { sandbox, runId, close } = await openTestRun(engine);
    const volume = await sandbox.volume('v');
    const container = await sandbox.run({
      name: 'a',
      mounts: [
        { type: 'volume', volume, path: '/data' },
        { type: 'anonymous', path: '/more' },
      ],
    });
    await sandbox.create({ name: 'b' });
    await sandbox.makeImage({ name: 'i', layers: [{ instruction: 'RUN true', files: { '/work/a': { text: 'a' } } }] });
    await sandbox.build({ name: 'j', dockerfile: ['FROM base', 'RUN echo hi > /work/b', 'RUN echo ho > /work/c'] });
    expect((await objectsOfRun(docker, runId)).length).toBeGreaterThan(4);
    const { Mounts } = await docker.getContainer(container.id).inspect();
    const volumes = Mounts.map(({ Name = '' }) => docker.getVolume(Name));
    expect(volumes).toHaveLength(2);
    const receipt = await close();
    expect(receipt).toMatchObject({ leftovers: 0, created: { containers: 2, images: 2, volumes: 1 } });
    expect(await objectsOfRun(docker, runId)).toEqual([]);
    for (const each of volumes) await expect(each.inspect()).rejects.toMatchObject({ statusCode: 404 });
  });

  test('ends at once when it is stopped in the middle of a command, and leaves nothing', async () => {
    const { engine, docker } = await openTestEngine();
    const stop = new AbortController();
    const { sandbox, runId, close } = await openTestRun(engine, { signal: stop.signal });
    const container = await sandbox.run({ name: 'a' });
    const command = container.exec('sleep 600');
    stop.abort();
    await expect(command).rejects.toMatchObject({ code: 'stopped' });
    expect((await close()).leftovers).toBe(0);
    expect(await objectsOfRun(docker, runId)).toEqual([]);
  });

  test('stopped at any moment while containers are being made, leaves none of them', async () => {
    const { engine, docker } = await openTestEngine();
    const stopAfter = async (milliseconds: number) => {
      const stop = new AbortController();
      const { sandbox, runId, close } = await openTestRun(engine, { signal: stop.signal });
      const making = Promise.allSettled([sandbox.run({ name: 'a' }), sandbox.run({ name: 'b' }), sandbox.volume('v')]);
      await sleep(milliseconds);
      stop.abort();
      await making;
      expect((await close()).leftovers).toBe(0);
      return runId;
    };
    for (let first = 0; first < 200; first += 40) {
      const runIds = await Promise.all([0, 10, 20, 30].map((more) => stopAfter(first + more)));
      await sleep(300);
      for (const runId of runIds) expect(await objectsOfRun(docker, runId)).toEqual([]);
    }
  });

  test('ends a run that takes longer than its limit and names the setting', async () => {
    const { engine } = await openTestEngine();
    const { sandbox, close } = await openTestRun(engine, { timeLimitSeconds: 1 });
    const container = await sandbox.run({ name: 'a' });
    const command = container.exec('sleep 600');
    await expect(command).rejects.toMatchObject({
      code: 'time-limit',
      message: expect.stringContaining('DEMO_TIME_LIMIT_SECONDS'),
    });
    expect((await close()).leftovers).toBe(0);
  });

  test('gives two runs at once objects of the same names', async () => {
    const { engine } = await openTestEngine();
    const runs = await Promise.all([openTestRun(engine), openTestRun(engine)]);
    const outputs = await Promise.all(
      runs.map(async ({ sandbox }, n) => {
        const volume = await sandbox.volume('v');
        const container = await sandbox.run({ name: 'a', mounts: [{ type: 'volume', volume, path: '/data' }] });
        return (await container.exec(`echo ${n} >> /data/x; cat /data/x`)).output;
      }),
    );
    expect(outputs).toEqual(['0', '1']);
  });
});
