import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openDemoEngine } from '../../src/sandbox/demo-engine.ts';
import { objectsOfRun, openTestEngine, openTestRun, temporaryFolder } from '../engines/test-engine.ts';
import { startProgram } from '../terminal/run-program.ts';

test('what a killed process left is removed at the next start, and nothing of a live run', async () => {
  const { engine, docker, dataFolder } = await openTestEngine();
  const live = await openTestRun(engine);
  await live.sandbox.run({ name: 'a' });
  const filters = { label: [`dockproof.owner`] };
  const others = async () =>
    (await docker.listContainers({ all: true, filters })).filter(
      (item) => item.Labels['dockproof.process']?.split('/')[1] === String(child.pid),
    ).length;
  const child = startProgram(['demo', 'container-lightweight'], { DATA_DIR: dataFolder });
  for (let tries = 0; (await others()) === 0 && tries < 200; tries++) await sleep(50);
  expect(await others()).toBeGreaterThan(0);
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  for (let tries = 0; (await others()) > 0 && tries < 50; tries++) {
    await engine.reap();
    await sleep(100);
  }
  expect(await others()).toBe(0);
  expect(await objectsOfRun(docker, live.runId)).toHaveLength(1);
});

test('another Dockproof on the same engine touches nothing of this one', async () => {
  const mine = await openTestEngine();
  const run = await openTestRun(mine.engine);
  await run.sandbox.run({ name: 'a' });
  await run.sandbox.volume('v');
  const config = { host: process.env.DOCKER_HOST ?? null, tlsVerify: false, certPath: null };
  const other = openDemoEngine({
    config,
    environment: process.env,
    baseImage: null,
    dataFolder: await temporaryFolder(),
  });
  expect(await other.reap()).toBe(0);
  expect(await objectsOfRun(mine.docker, run.runId)).toHaveLength(2);
});

test('what this process could not remove when its run ended is removed the next time', async () => {
  const { engine, docker } = await openTestEngine();
  const { sandbox, runId, close } = await openTestRun(engine);
  const container = await sandbox.run({ name: 'a' });
  const { Labels } = (await docker.getContainer(container.id).inspect()).Config;
  await close();
  const left = await docker.createContainer({ Image: 'dockproof/base:1', Labels });
  expect(await engine.reap()).toBe(1);
  expect(await objectsOfRun(docker, runId)).toEqual([]);
  await expect(left.inspect()).rejects.toMatchObject({ statusCode: 404 });
});
