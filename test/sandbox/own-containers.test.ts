import { expect, onTestFinished, test } from 'vitest';
import { openTestEngine, openTestRun } from '../engines/test-engine.ts';

/** A stopped container of somebody else, with a name and a label that demos use too. */
async function foreignContainer(docker: Awaited<ReturnType<typeof openTestEngine>>['docker'], Image: string) {
  const name = `foreign-test-${crypto.randomUUID()}`;
  const made = await docker.createContainer({ Image, name, Cmd: ['true'], Labels: { 'demo.part': 'prune' } });
  onTestFinished(() => made.remove({ force: true }));
  return made;
}

test('a list shows the containers of its own run alone, whatever the filter', async () => {
  const { engine, docker } = await openTestEngine();
  const { sandbox, recorder } = await openTestRun(engine);
  await foreignContainer(docker, sandbox.baseImage.id);
  const image = await sandbox.makeImage({ name: 'app', layers: [{ instruction: 'ENV A=1' }] });
  await sandbox.create({ name: 'test-1', image });
  await sandbox.create({ name: 'latest-db' });
  recorder.takeStep();
  expect(await sandbox.list({ nameHas: 'test' })).toEqual(['demo-latest-db', 'demo-test-1']);
  expect(await sandbox.list({ nameStarts: 'test' })).toEqual(['demo-test-1']);
  expect(await sandbox.list({ ancestor: image })).toEqual(['demo-test-1']);
  expect(recorder.takeStep().commands).toEqual([
    "docker ps --all --filter name=test --format '{{.Names}}' | sort",
    "docker ps --all --filter 'name=^demo-test' --format '{{.Names}}' | sort",
    "docker ps --all --filter ancestor=demo-app --format '{{.Names}}' | sort",
  ]);
});

test('a prune takes the stopped containers of its own run with the label, and nothing else', async () => {
  const { engine, docker } = await openTestEngine();
  const [{ sandbox }, other] = [await openTestRun(engine), await openTestRun(engine)];
  const foreign = await foreignContainer(docker, sandbox.baseImage.id);
  const labels = { 'demo.part': 'prune' };
  const stopped = await sandbox.create({ name: 'stopped', labels });
  const running = await sandbox.run({ name: 'running', labels });
  const unlabelled = await sandbox.create({ name: 'unlabelled' });
  const ofOtherRun = await other.sandbox.create({ name: 'other', labels });
  await sandbox.pruneContainers('demo.part=prune');
  expect(await stopped.exists()).toBe(false);
  for (const spared of [running, unlabelled, ofOtherRun]) expect(await spared.exists(), spared.name).toBe(true);
  expect((await foreign.inspect()).Id).toBe(foreign.id);
});

test('a prune without a label and its value is refused', async () => {
  const { engine } = await openTestEngine();
  const { sandbox } = await openTestRun(engine);
  for (const label of ['', 'demo.part', '=', 'a=', '{"label":[]}']) {
    await expect(sandbox.pruneContainers(label), label).rejects.toMatchObject({ code: 'engine-refused' });
  }
});

test('no label of a demo takes the place of one of the run', async () => {
  const { engine, docker } = await openTestEngine();
  const { sandbox, runId } = await openTestRun(engine);
  const labels = { 'dockproof.run': 'another', 'dockproof.expires': '0', 'demo.part': 'x' };
  const { id } = await sandbox.create({ name: 'a', labels });
  const found = (await docker.getContainer(id).inspect()).Config.Labels;
  expect(found).toMatchObject({ 'dockproof.run': runId, 'demo.part': 'x' });
  expect(Number(found['dockproof.expires'])).toBeGreaterThan(Date.now() / 1000);
});
