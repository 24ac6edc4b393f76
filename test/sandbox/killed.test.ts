import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import PQueue from 'p-queue';
import { expect, test } from 'vitest';
import { readOwner } from '../../src/sandbox/owner.ts';
import { belongings } from '../engines/disturbed-runs.ts';
import { openTestEngine } from '../engines/test-engine.ts';
import { seededRandom } from '../seeded-random.ts';
import { startProgram } from '../terminal/run-program.ts';

/** Demos that make all there is to leave: containers, images, builds, volumes of every kind, host directories. */
const demos = ['anonymous-volume', 'bind-mount-hides', 'secret-in-layer', 'commit-new-image', 'data-loss-on-replace'];

test('killed at twenty random moments, the program leaves nothing behind once it has started again', async () => {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9));
  const random = seededRandom(seed);
  const { engine, docker, dataFolder } = await openTestEngine();
  const owner = await readOwner(dataFolder);
  const moments = Array.from({ length: 20 }, (_, index) => ({
    demo: demos[index % demos.length] ?? '',
    milliseconds: Math.floor(random() * 1500),
  }));
  let most = 0;
  const kill = async ({ demo, milliseconds }: (typeof moments)[number]) => {
    const child = startProgram(['demo', demo], { DATA_DIR: dataFolder });
    const ended = once(child, 'exit');
    await Promise.race([once(child.stdout ?? child, 'data'), ended]);
    await sleep(milliseconds);
    child.kill('SIGKILL');
    await ended;
    most = Math.max(most, (await belongings(docker, owner)).length);
  };
  await new PQueue({ concurrency: 3 }).addAll(moments.map((moment) => () => kill(moment)));
  expect(most, `nothing was ever left, so nothing was tested; SEED=${seed}`).toBeGreaterThan(0);

  let left = await belongings(docker, owner);
  // A container that the engine was still making when the program died may come late: the reaper looks every minute.
  for (let tries = 0; left.length > 0 && tries < 20; tries++) {
    await engine.reap();
    await sleep(100);
    left = await belongings(docker, owner);
  }
  expect(left, `run again with SEED=${seed}`).toEqual([]);
}, 180_000);

test('a volume that an image declared is removed although the engine gave it no label', async () => {
  const { engine, docker, dataFolder } = await openTestEngine();
  const child = startProgram(['demo', 'anonymous-volume'], { DATA_DIR: dataFolder });
  const owner = await readOwner(dataFolder);
  const standIns = async () => {
    const { Volumes } = await docker.listVolumes({ filters: { label: [`dockproof.owner=${owner}`] } });
    return Volumes.flatMap(({ Labels }) => Labels?.['dockproof.stands-for'] ?? []);
  };
  const ended = once(child, 'exit');
  let named: string[] = [];
  for (let tries = 0; named.length === 0 && tries < 400; tries++) {
    await sleep(20);
    named = await standIns();
  }
  child.kill('SIGKILL');
  await ended;
  expect(named).not.toEqual([]);
  for (let tries = 0; (await belongings(docker, owner)).length > 0 && tries < 20; tries++) await engine.reap();
  for (const name of named) await expect(docker.getVolume(name).inspect()).rejects.toMatchObject({ statusCode: 404 });
});
