import { expect, test } from 'vitest';
import { openTestEngine, openTestRun } from '../engines/test-engine.ts';

test('a volume that a container refers to is not removed, also by force, and is removed once the container is', async () => {
  const { engine } = await openTestEngine();
  const { sandbox, recorder } = await openTestRun(engine);
  const volume = await sandbox.volume('v');
  const container = await sandbox.create({ name: 'a', mounts: [{ type: 'volume', volume, path: '/data' }] });
  recorder.takeStep();
  expect(await volume.tryRemove()).toContain('in use');
  expect(await volume.tryRemove({ force: true })).toContain('in use');
  expect(recorder.takeStep().commands).toEqual(['docker volume rm demo-v', 'docker volume rm --force demo-v']);
  await container.remove();
  expect(await volume.tryRemove({ force: true })).toBeNull();
  expect(await volume.exists()).toBe(false);
});

test('the recorded command gives a container the same user and group as the engine does', async () => {
  const { engine } = await openTestEngine();
  const { sandbox, recorder } = await openTestRun(engine);
  const { output } = await sandbox.runOnce({ name: 'a', loosen: { user: '1000' }, script: 'id -u; id -g' });
  expect(output).toBe('1000\n1000');
  expect(recorder.takeStep().commands[0]).toContain('--user 1000:1000');
});

test('an anonymous volume keeps its name in commands after its container is gone', async () => {
  const { engine } = await openTestEngine();
  const { sandbox, recorder } = await openTestRun(engine);
  const container = await sandbox.run({ name: 'a', mounts: [{ type: 'anonymous', path: '/data' }] });
  recorder.takeStep();
  const volume = await sandbox.anonymousVolume(container, '/data');
  await container.remove();
  expect(await volume.exists()).toBe(true);
  await volume.remove();
  expect(recorder.takeStep()).toEqual({
    commands: [
      `volume_a="$(docker inspect --format '{{range .Mounts}}{{if eq .Destination "/data"}}{{.Name}}{{end}}{{end}}' demo-a)"; echo "$volume_a"`,
      'docker rm --force demo-a',
      `docker volume inspect --format '{{.Name}}' "$volume_a"`,
      'docker volume rm "$volume_a"',
    ],
    output: `${volume.name}\n${volume.name}`,
    printed: `${volume.name}\n${volume.name}`,
  });
});

test('a volume that is only named is made by the first container that mounts it, and goes with the run', async () => {
  const { engine, docker } = await openTestEngine();
  const run = await openTestRun(engine);
  const volume = run.sandbox.unmadeVolume('typo');
  expect(await volume.exists()).toBe(false);
  await run.sandbox.create({ name: 'a', mounts: [{ type: 'volume', volume, path: '/data' }] });
  expect(await volume.exists()).toBe(true);
  expect(await run.close()).toMatchObject({ leftovers: 0 });
  await expect(docker.getVolume(volume.name).inspect()).rejects.toMatchObject({ statusCode: 404 });
});

test('faulty options of the local driver are refused at once or when they are mounted, and reach nothing of the host', async () => {
  const { engine, docker } = await openTestEngine();
  const { sandbox, recorder } = await openTestRun(engine);
  expect(await sandbox.tryDriverOptions('a', 'unknown name')).toMatchObject({
    refusal: expect.stringContaining('foo'),
  });
  expect(await sandbox.tryDriverOptions('b', 'no device')).toMatchObject({
    refusal: expect.stringContaining('device'),
  });
  const volume = await sandbox.tryDriverOptions('c', 'wrong value');
  if ('refusal' in volume) throw new Error(volume.refusal);
  const { Options } = await docker.getVolume(volume.name).inspect();
  expect(Options).toEqual({ type: 'tmpfs', device: 'tmpfs', o: 'size=64k,nosuchoption' });
  const mounts = [{ type: 'volume', volume, path: '/data' }] as const;
  expect(await sandbox.tryRun({ name: 'a', mounts, script: 'true' })).toMatchObject({
    refusal: expect.stringContaining('invalid argument'),
  });
  expect(recorder.takeStep().commands.slice(0, 3)).toEqual([
    'docker volume create --opt foo=bar demo-a',
    'docker volume create --opt type=nfs demo-b',
    'docker volume create --opt type=tmpfs --opt device=tmpfs --opt o=size=64k,nosuchoption demo-c',
  ]);
});
