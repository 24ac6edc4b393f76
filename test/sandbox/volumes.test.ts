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
