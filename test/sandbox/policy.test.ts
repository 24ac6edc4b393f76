import { expect, test } from 'vitest';
import { objectsOfRun, openTestEngine, openTestRun } from '../engines/test-engine.ts';

test('a container that loosens nothing is locked down, as the engine itself tells', async () => {
  const { engine, docker } = await openTestEngine();
  const { sandbox } = await openTestRun(engine);
  const { id } = await sandbox.create({ name: 'a' });
  const found = await docker.getContainer(id).inspect();
  expect(found.Config.User).toBe('65534:65534');
  expect(found.HostConfig).toMatchObject({
    NetworkMode: 'none',
    CapDrop: ['ALL'],
    Privileged: false,
    ReadonlyRootfs: true,
    Memory: 64 * 1024 * 1024,
    MemorySwap: 64 * 1024 * 1024,
    PidsLimit: 64,
    IpcMode: 'private',
    PidMode: '',
    UsernsMode: '',
    Binds: null,
  });
  expect(found.HostConfig.SecurityOpt).toEqual(['no-new-privileges']);
  expect(found.HostConfig.Devices ?? []).toEqual([]);
});

test('loosening one thing leaves the rest locked', async () => {
  const { engine, docker } = await openTestEngine();
  const { sandbox } = await openTestRun(engine);
  const { id } = await sandbox.create({ name: 'a', loosen: { writableRoot: true, user: '0', memory: 1024 ** 3 } });
  const found = await docker.getContainer(id).inspect();
  expect(found.HostConfig).toMatchObject({
    ReadonlyRootfs: false,
    CapDrop: ['ALL'],
    NetworkMode: 'none',
    PidsLimit: 64,
  });
  expect(found.HostConfig.Memory).toBe(64 * 1024 * 1024);
});

test('a container has a loopback and no other network interface', async () => {
  const { engine } = await openTestEngine();
  const { sandbox } = await openTestRun(engine);
  const { output } = await sandbox.runOnce({ name: 'a', script: 'ls /sys/class/net; nc -w 1 10.0.0.1 80; echo $?' });
  expect(output.split('\n')[0]).toBe('lo');
  expect(output).toMatch(/unreachable[\s\S]*1$/);
});

test('everything a run makes carries its labels', async () => {
  const { engine, docker } = await openTestEngine();
  const { sandbox, runId } = await openTestRun(engine);
  const container = await sandbox.run({ name: 'a', loosen: { writableRoot: true } });
  await container.commit('committed');
  await sandbox.volume('v');
  expect((await objectsOfRun(docker, runId)).map((line) => line.split(' ')[0])).toEqual([
    'container',
    'image',
    'volume',
  ]);
});
