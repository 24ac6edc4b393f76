import type Docker from 'dockerode';
import { describe, expect, test } from 'vitest';
import type { OpeningCall } from '../../src/sandbox/opening.ts';
import type { OpenRun } from '../../src/sandbox/run.ts';
import { openTestEngine } from '../engines/test-engine.ts';

const layers = [{ instruction: 'RUN echo shipped > /work/shipped', files: { '/work/shipped': { text: 'shipped\n' } } }];
const loosen = { writableRoot: true };
const opening: readonly OpeningCall[] = [
  { kind: 'image', spec: { name: 'app', layers }, from: null },
  { kind: 'volume', name: 'data' },
  {
    kind: 'run',
    spec: { name: 'a', loosen },
    image: 0,
    mounts: [{ type: 'volume', volume: 1, path: '/data' }],
  },
];

/** What the demo of that opening does first. */
async function begin({ sandbox }: OpenRun) {
  const image = await sandbox.makeImage({ name: 'app', layers });
  const volume = await sandbox.volume('data');
  const container = await sandbox.run({
    name: 'a',
    image,
    loosen,
    mounts: [{ type: 'volume', volume, path: '/data' }],
  });
  return { image, volume, container };
}

function start(demo: string) {
  return { demo, runId: crypto.randomUUID(), timeLimitSeconds: 60, signal: new AbortController().signal };
}

/** Containers of one Dockproof, by their labels. */
async function containersOf(docker: Docker, owner: string): Promise<string[]> {
  const found = await docker.listContainers({ all: true, filters: { label: [`dockproof.owner=${owner}`] } });
  return found.map(({ Id }) => Id);
}

async function openWarmEngine(warmRuns = 1) {
  const opened = await openTestEngine(undefined, { warmRuns });
  const { readOwner } = await import('../../src/sandbox/owner.ts');
  const owner = await readOwner(opened.dataFolder);
  return { ...opened, containers: () => containersOf(opened.docker, owner) };
}

describe('a demo that stands begun', () => {
  test('finds its image, volume and container made, records their commands, and its receipt says so', async () => {
    const { engine, containers } = await openWarmEngine();
    engine.warm({ demo: 'd', calls: opening });
    await engine.warmed();
    const ahead = await containers();
    const run = await engine.openRun(start('d'));
    const { container } = await begin(run);
    expect(ahead).toEqual([container.id]);
    expect((await container.exec('cat /work/shipped && echo x > /data/x && cat /data/x')).output).toBe('shipped\nx');
    expect(run.recorder.takeStep().commands).toMatchObject([
      expect.stringMatching(/^docker build .*--tag demo-app /s),
      'docker volume create demo-data',
      expect.stringMatching(/^docker run --detach .*--name demo-a .*source=demo-data,target=\/data demo-app sh$/),
      expect.stringMatching(/^docker exec demo-a /),
    ]);
    const receipt = await run.close();
    expect(receipt).toMatchObject({
      warm: { containers: 1, images: 1, volumes: 1 },
      created: { containers: 1, images: 1, volumes: 1 },
      leftovers: 0,
    });
  });

  test('is one of two at most, however many are wanted in a moment', async () => {
    const { engine, containers } = await openWarmEngine(2);
    for (let demo = 1; demo <= 8; demo++) engine.warm({ demo: `d${demo}`, calls: opening });
    let ended = false;
    const settled = engine.warmed().then(() => {
      ended = true;
    });
    let most = 0;
    while (!ended) most = Math.max(most, (await containers()).length);
    await settled;
    expect(most).toBe(2);
    expect(await containers()).toHaveLength(2);
    const last = await engine.openRun(start('d8'));
    await begin(last);
    expect((await last.close()).warm).toMatchObject({ containers: 1 });
    await engine.close();
  });

  test('is never handed out twice, and is made anew when the run has ended', async () => {
    const { engine, containers } = await openWarmEngine();
    engine.warm({ demo: 'd', calls: opening });
    await engine.warmed();
    const first = await engine.openRun(start('d'));
    const second = await engine.openRun(start('d'));
    const made = [await begin(first), await begin(second)].map(({ container }) => container.id);
    expect(new Set(made).size).toBe(2);
    expect((await first.close()).warm).not.toBeNull();
    expect((await second.close()).warm).toBeNull();
    await engine.warmed();
    const anew = await containers();
    expect(anew).toHaveLength(1);
    expect(made).not.toContain(anew[0]);
  });

  test('is put away where the demo asks for something else, and the demo gets what it asks for', async () => {
    const { engine, containers } = await openWarmEngine();
    engine.warm({ demo: 'd', calls: opening });
    await engine.warmed();
    const [ahead] = await containers();
    const run = await engine.openRun(start('d'));
    const container = await run.sandbox.run({ name: 'a', environment: { COLOUR: 'blue' } });
    expect(container.id).not.toBe(ahead);
    expect((await container.exec('echo $COLOUR; ls /work')).output).toBe('blue');
    expect(await containers()).toEqual([container.id]);
    expect(run.recorder.takeStep().commands[0]).toContain('--env COLOUR=blue');
    expect((await run.close()).leftovers).toBe(0);
  });

  test('is not prepared while a run is under way', async () => {
    const { engine, containers } = await openWarmEngine();
    const run = await engine.openRun(start('other'));
    engine.warm({ demo: 'd', calls: opening });
    await engine.warmed();
    expect(await containers()).toEqual([]);
    await run.close();
    await engine.warmed();
    expect(await containers()).toHaveLength(1);
  });

  test('makes room for the one wanted last, and nothing is left when the pool is cleared', async () => {
    const { engine, containers } = await openWarmEngine();
    engine.warm({ demo: 'd', calls: opening });
    await engine.warmed();
    const [first] = await containers();
    engine.warm({ demo: 'e', calls: opening });
    await engine.warmed();
    const [second, ...more] = await containers();
    expect(more).toEqual([]);
    expect(second).not.toBe(first);
    await engine.close();
    expect(await containers()).toEqual([]);
  });

  test('is not touched by the reaper while it waits', async () => {
    const { engine, containers } = await openWarmEngine();
    engine.warm({ demo: 'd', calls: opening });
    await engine.warmed();
    expect(await engine.reap()).toBe(0);
    expect(await containers()).toHaveLength(1);
  });

  test('that cannot be prepared leaves nothing, and the demo starts cold', async () => {
    const { engine, containers } = await openWarmEngine();
    const refused: OpeningCall = { kind: 'run', spec: { name: 'not a name' }, image: null, mounts: [] };
    engine.warm({ demo: 'd', calls: [...opening, refused] });
    await engine.warmed();
    expect(await containers()).toEqual([]);
    const run = await engine.openRun(start('d'));
    await begin(run);
    expect(await run.close()).toMatchObject({ warm: null, leftovers: 0 });
  });

  test('is not handed out to a run that may take longer than what was prepared lives', async () => {
    const { engine, containers } = await openWarmEngine();
    engine.warm({ demo: 'd', calls: opening });
    await engine.warmed();
    const [ahead] = await containers();
    const run = await engine.openRun({ ...start('d'), timeLimitSeconds: 61 });
    const { container } = await begin(run);
    expect(container.id).not.toBe(ahead);
    expect(await run.close()).toMatchObject({ warm: null, leftovers: 0 });
  });

  test('does not stand where none are wanted', async () => {
    const { engine, containers } = await openWarmEngine(0);
    engine.warm({ demo: 'd', calls: opening });
    await engine.warmed();
    expect(await containers()).toEqual([]);
  });
});
