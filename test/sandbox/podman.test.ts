import { expect, test } from 'vitest';
import { type StartFault, standAsPodman } from '../engines/podman-like.ts';
import { openTestEngine, openTestRun } from '../engines/test-engine.ts';

/** A container of a run on an engine that says it is Podman, without seccomp, which is accepted. */
async function runOnPodman(faults: readonly StartFault[]) {
  const { engine } = await openTestEngine();
  const { socket, starts } = await standAsPodman(engine.address.replace('unix://', ''), faults);
  const podman = await openTestEngine(socket, { withoutLimits: 'allow' });
  const { sandbox } = await openTestRun(podman.engine);
  return { container: await sandbox.run({ name: 'a', loosen: { writableRoot: true } }), starts };
}

test('a start after a stop that fails on Podman is mended by another one', async () => {
  const { container, starts } = await runOnPodman(['none', 'fails']);
  await container.exec('echo kept > /work/file');
  await container.stop();
  await container.start();
  expect(await container.exec('cat /work/file')).toEqual({ output: 'kept', exitCode: 0 });
  expect(starts()).toBe(3);
});

test('a start on Podman that fails twice is told', async () => {
  const { container } = await runOnPodman(['none', 'fails', 'fails']);
  await container.stop();
  await expect(container.start()).rejects.toMatchObject({
    code: 'engine-refused',
    message: expect.stringContaining('not in a state to be started'),
  });
});

test('a shell that Podman cut off after a start is attached once more', async () => {
  const { container, starts } = await runOnPodman(['none', 'cuts']);
  await container.stop();
  await container.start();
  expect(await container.exec('echo still here')).toEqual({ output: 'still here', exitCode: 0 });
  expect(starts()).toBe(2);
});
