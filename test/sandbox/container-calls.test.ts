import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { callBounds } from '../../src/sandbox/call-bounds.ts';
import { limits } from '../../src/sandbox/policy.ts';
import { openTestEngine, openTestRun } from '../engines/test-engine.ts';

test('a process beside the main one is bound by what binds the container', async () => {
  const { engine } = await openTestEngine();
  const { sandbox, recorder } = await openTestRun(engine);
  const container = await sandbox.run({ name: 'a' });
  recorder.takeStep();
  const script =
    "id -u; sed -n 's/^Cap[EP].*:\\s*//p; s/^NoNewPrivs:\\s*//p' /proc/self/status; ls /sys/class/net; exit 4";
  expect(await container.execProcess('sh', '-c', script)).toEqual({
    output: '65534\n0000000000000000\n0000000000000000\n1\nlo',
    exitCode: 4,
  });
  expect(recorder.takeStep().commands[0]).toMatch(/^docker exec demo-a sh -c /);
  const flood = await container.execProcess('sh', '-c', 'yes | head -c 1000000');
  expect('output' in flood && flood.output.length).toBeLessThan(limits.outputBytes + 100);
  await container.stop();
  expect(await container.execProcess('true')).toMatchObject({ refusal: expect.stringMatching(/not running|state/) });
});

test('a file is copied into a container and out of it, running or stopped', async () => {
  const { engine } = await openTestEngine();
  const { sandbox, recorder } = await openTestRun(engine);
  const container = await sandbox.run({ name: 'a', loosen: { writableRoot: true } });
  recorder.takeStep();
  await container.copyIn('/data/note.txt', "it's here\n");
  expect(await container.copyOut('/data/note.txt')).toBe("it's here");
  await container.stop();
  expect(await container.copyOut('/data/note.txt')).toBe("it's here");
  expect(recorder.takeStep().commands.slice(0, 3)).toEqual([
    `printf %s 'it'\\''s here\n' > note.txt`,
    'docker cp note.txt demo-a:/data/note.txt',
    'docker cp demo-a:/data/note.txt - | tar -xO',
  ]);
});

test('what is no plain file is not copied out, and of a large one only as much as is shown', async () => {
  const { engine, docker } = await openTestEngine();
  const { sandbox } = await openTestRun(engine);
  const container = await sandbox.run({ name: 'a', loosen: { writableRoot: true } });
  await container.exec('cd /data; ln -s /etc/passwd link; mkfifo pipe; mkdir folder; yes | head -c 4000000 > large');
  for (const name of ['link', 'pipe', 'folder', 'missing']) {
    await expect(container.copyOut(`/data/${name}`), name).rejects.toMatchObject({ code: 'engine-refused' });
  }
  expect((await container.copyOut('/data/large')).length).toBeLessThan(limits.outputBytes + 100);
  // The engine keeps the container locked until somebody reads the rest, or hangs up.
  const locked = sleep(callBounds.work.answer / 2, 'locked', { ref: false });
  expect(await Promise.race([docker.getContainer(container.id).inspect(), locked])).toMatchObject({ Id: container.id });
});

test('limits of a running container change, and never beyond the policy', async () => {
  const { engine, docker } = await openTestEngine();
  const { sandbox } = await openTestRun(engine);
  const container = await sandbox.run({ name: 'a', loosen: { memory: 16 * 1024 ** 2, cpus: 0.5 } });
  const told = async () => {
    const { HostConfig } = await docker.getContainer(container.id).inspect();
    return [HostConfig.Memory, HostConfig.MemorySwap, HostConfig.NanoCpus];
  };
  expect(await told()).toEqual([16 * 1024 ** 2, 16 * 1024 ** 2, 5e8]);
  await container.setLimits({ memory: 1024 ** 3, cpus: 64 });
  expect(await told()).toEqual([limits.memoryBytes, limits.memoryBytes, limits.cpus * 1e9]);
});

test('a log is kept within the limit of the policy, whatever a demo asks for', async () => {
  const { engine, docker } = await openTestEngine();
  const { sandbox } = await openTestRun(engine);
  const kept = async (name: string, kilobytes: number, files: 1 | 2) => {
    const { id } = await sandbox.create({ name, log: { kilobytes, files } });
    return (await docker.getContainer(id).inspect()).HostConfig.LogConfig;
  };
  expect(await kept('small', 4, 2)).toEqual({ Type: 'json-file', Config: { 'max-size': '4k', 'max-file': '2' } });
  expect(await kept('large', 1_000_000, 2)).toEqual({
    Type: 'json-file',
    Config: { 'max-size': `${limits.logBytes / 1024 / 2}k`, 'max-file': '2' },
  });
});

test('a health check tells its state and what it printed, and a container without one has none', async () => {
  const { engine } = await openTestEngine();
  const { sandbox, recorder } = await openTestRun(engine);
  const health = { command: 'echo looking; test -f ready', interval: 100, retries: 1 };
  const container = await sandbox.run({ name: 'a', health, loosen: { writableRoot: true } });
  expect(await container.health('unhealthy')).toBe('unhealthy');
  expect(await container.lastProbe()).toBe('looking');
  await container.exec('touch ready');
  expect(await container.health('healthy')).toBe('healthy');
  const other = await sandbox.run({ name: 'b' });
  expect(await other.health()).toBe('none');
  expect(recorder.takeStep().commands[0]).toBe(
    "docker run --detach --interactive --init --name demo-a --network none --health-cmd 'echo looking; test -f ready' --health-interval 100ms --health-retries 1 demo-base sh",
  );
});

test('a wait for a line of a log ends with the line, and gives up without it', { timeout: 20_000 }, async () => {
  const { engine } = await openTestEngine();
  const { sandbox } = await openTestRun(engine);
  const container = await sandbox.run({ name: 'a', script: 'sleep 0.3; echo ready; sleep 30' });
  expect(await container.waitForLog('ready')).toBe(true);
  expect(await container.waitForLog('never printed')).toBe(false);
});

test('a faulty build tells what the builder said, and what it printed until then', async () => {
  const { engine } = await openTestEngine();
  const { sandbox, recorder } = await openTestRun(engine);
  const failed = await sandbox.tryBuild({ name: 'a', dockerfile: ['FROM base', 'RUN echo so far; exit 7'] });
  expect(failed).toMatchObject({ refusal: expect.stringContaining('code: 7'), log: expect.stringContaining('so far') });
  expect(recorder.takeStep().output).toContain('so far');
  const unread = await sandbox.tryBuild({ name: 'b', dockerfile: ['FROM base', 'HEALTHCHECK NONSENSE'] });
  expect(unread).toMatchObject({ refusal: expect.stringMatching(/unknown type/i) });
  const shut = sandbox.tryBuild({ name: 'b', dockerfile: ['FROM base', 'NONSENSE 1'] });
  await expect(shut).rejects.toMatchObject({ code: 'engine-refused' });
  expect(await sandbox.tryBuild({ name: 'c', dockerfile: ['FROM base'] })).not.toHaveProperty('refusal');
});

test('a build gets arguments and archives, and its command makes the same', async () => {
  const { engine } = await openTestEngine();
  const { sandbox, recorder } = await openTestRun(engine);
  const image = await sandbox.build({
    name: 'a',
    dockerfile: ['FROM base', 'ARG NAME', 'RUN echo "hello $NAME"', 'ADD pack.tar /unpacked/'],
    args: { NAME: 'you there' },
    archives: { 'pack.tar': { 'in/side': 'text\n' } },
  });
  expect(image.log).toContain('hello you there');
  expect((await sandbox.runOnce({ name: 'b', image, script: 'cat /unpacked/in/side' })).output).toBe('text');
  const [command = ''] = recorder.takeStep().commands;
  expect(command).toContain("--build-arg 'NAME=you there'");
  expect(command).toContain('tar -cf context-a/pack.tar -C context-a-packed .');
});

test('nothing that acts by itself is begun ahead', async () => {
  const { containerCall } = await import('../../src/sandbox/opening.ts');
  const health = { command: 'true', interval: 100, retries: 1 };
  expect(containerCall('run', { name: 'a' }, [])).not.toBeNull();
  for (const spec of [{ script: 'date' }, { loosen: { command: {} } }, { health }]) {
    expect(containerCall('run', { name: 'a', ...spec }, []), JSON.stringify(spec)).toBeNull();
  }
});
