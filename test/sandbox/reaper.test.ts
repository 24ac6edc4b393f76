import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { openDemoEngine } from '../../src/sandbox/demo-engine.ts';
import { readOwner } from '../../src/sandbox/owner.ts';
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

test('what another tool made is not touched, however much it looks like a leftover', async () => {
  const { engine, docker, dataFolder } = await openTestEngine();
  const owner = await readOwner(dataFolder);
  const other = '00000000-0000-4000-8000-000000000000';
  const run = crypto.randomUUID();
  const dead = { 'dockproof.run': run, 'dockproof.process': `${hostname()}/999999/1`, 'dockproof.expires': '1' };
  const directory = await mkdtemp(
    join(tmpdir(), `dockproof-${other}-${encodeURIComponent(`${hostname()}/999999/1`)}-`),
  );
  const names = [`dockproof-${run}-unlabelled`, `dockproof-${run}-other-owner`];
  const labels = [{}, { ...dead, 'dockproof.owner': other }];
  const containers = await Promise.all(
    names.map((name, index) =>
      docker.createContainer({ name, Image: 'dockproof/base:1', Labels: { ...labels[index] } }),
    ),
  );
  await Promise.all(names.map((Name, index) => docker.createVolume({ Name, Labels: { ...labels[index] } })));
  onTestFinished(async () => {
    await Promise.all(containers.map((container) => container.remove({ force: true })));
    await Promise.all(names.map((name) => docker.getVolume(name).remove()));
    await rm(directory, { recursive: true });
  });
  // One that is to go, so that the reaper is known to have looked.
  await docker.createVolume({ Name: `dockproof-${run}-own`, Labels: { ...dead, 'dockproof.owner': owner } });
  expect(await engine.reap()).toBe(1);
  for (const container of containers) expect((await container.inspect()).State.Status).toBe('created');
  for (const name of names) expect((await docker.getVolume(name).inspect()).Name).toBe(name);
  expect(await readdir(directory)).toEqual([]);
});

test('a host directory that a killed process left is removed, and one of a live process is not', async () => {
  const { engine, dataFolder } = await openTestEngine();
  const owner = await readOwner(dataFolder);
  const { sandbox } = await openTestRun(engine);
  const live = await sandbox.hostDirectory('shared');
  const dead = await mkdtemp(join(tmpdir(), `dockproof-${owner}-${encodeURIComponent(`${hostname()}/999999/1`)}-`));
  await writeFile(join(dead, 'file'), 'left');
  expect(await engine.reap()).toBe(1);
  await expect(readdir(dead)).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await readdir(live.path)).toEqual([]);
});
