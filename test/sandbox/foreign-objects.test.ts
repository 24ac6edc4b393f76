import { mkdir, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type Docker from 'dockerode';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isProcessAlive, thisProcess } from '../../src/sandbox/labels.ts';
import { writeArchive } from '../../src/sandbox/layer-archive.ts';
import { readOwner } from '../../src/sandbox/owner.ts';
import { openAt } from '../engines/disturbed-runs.ts';
import { interpose } from '../engines/interpose.ts';
import { openTestEngine, openTestRun } from '../engines/test-engine.ts';

const layers = [{ instruction: 'RUN echo hi > a', files: { '/data/a': { text: 'hi' } } }];

/** A name that is nobody's but this test's; what has it goes at the test's end. */
function foreignName(docker: Docker): string {
  const name = `somebody-${crypto.randomUUID().slice(0, 8)}`;
  onTestFinished(async () => {
    const images = await docker.listImages({ filters: JSON.stringify({ reference: [name] }) });
    for (const { Id } of images) await docker.getImage(Id).remove({ force: true });
  });
  return name;
}

async function build(docker: Docker, tag: string, from: string): Promise<void> {
  const dockerfile = Buffer.from(`FROM ${from}\nENV MINE=1`);
  const archive = await writeArchive([{ type: 'file', path: 'Dockerfile', content: dockerfile }]);
  await text(await docker.buildImage(Readable.from([archive]), { t: tag, networkmode: 'none' }));
}

describe.each(['made', 'built', 'committed'] as const)('what somebody else makes of an image that a run %s', (how) => {
  async function open() {
    const { engine, docker, dataFolder } = await openTestEngine();
    const run = await openTestRun(engine);
    const { sandbox } = run;
    if (how === 'made') await sandbox.makeImage({ name: 'i', layers });
    if (how === 'built') await sandbox.build({ name: 'i', dockerfile: ['FROM base', 'RUN echo hi > a'] });
    if (how === 'committed') await (await sandbox.run({ name: 'c', loosen: { writableRoot: true } })).commit('i');
    return { ...run, engine, docker, dataFolder, image: `dockproof-${run.runId.slice(0, 8)}-i` };
  }

  test('a container stays, at the end of the run and at the next look of the reaper', async () => {
    const { engine, docker, image, close } = await open();
    const container = await docker.createContainer({ Image: image });
    onTestFinished(() => container.remove({ force: true }));
    await close();
    await engine.reap();
    expect((await container.inspect()).State.Status).toBe('created');
  });

  test('an image stays', async () => {
    const { engine, docker, image, close } = await open();
    const name = foreignName(docker);
    await build(docker, name, image);
    await close();
    await engine.reap();
    expect((await docker.getImage(name).inspect()).Config.Env).toContain('MINE=1');
  });

  test('another name of it stays, and with it the image', async () => {
    const { engine, docker, image, close } = await open();
    const name = foreignName(docker);
    await docker.getImage(image).tag({ repo: name });
    await close();
    await engine.reap();
    expect((await docker.getImage(name).inspect()).RepoTags).toEqual([`${name}:latest`]);
  });
});

test('a volume is not removed because a label of another one names it', async () => {
  const { engine, docker, dataFolder } = await openTestEngine();
  const owner = await readOwner(dataFolder);
  const named = `precious-${crypto.randomUUID()}`;
  const labelled = crypto.randomUUID().replaceAll('-', '').repeat(2);
  await docker.createVolume({ Name: named });
  await docker.createVolume({ Name: labelled, Labels: { project: 'precious' } });
  onTestFinished(async () => {
    for (const name of [named, labelled]) await docker.getVolume(name).remove();
  });
  for (const name of [named, labelled, '../containers/x', '']) {
    const Labels = { 'dockproof.owner': owner, 'dockproof.expires': '1', 'dockproof.stands-for': name };
    await docker.createVolume({ Name: `dockproof-forged-${crypto.randomUUID()}`, Labels });
  }
  expect(await engine.reap()).toBe(4);
  for (const name of [named, labelled]) expect((await docker.getVolume(name).inspect()).Name).toBe(name);
});

describe('a process that a label names', () => {
  const [host, pid, start, boot, namespace] = thisProcess().split('/');
  const label = (...words: (string | undefined)[]) => words.join('/');

  test.each([
    ['is this one', label(host, pid, start, boot, namespace), true],
    ['is of a time without a scope', label(host, pid, start), true],
    ['has this number, and started at another time', label(host, pid, '1', boot, namespace), false],
    ['is of an earlier boot', label(host, pid, start, 'another', namespace), false],
    ['is in another namespace of process ids, so nobody here can tell', label(host, '1', '1', boot, '1'), true],
    ['is on another host', label('another-host', '1', '1', 'another', '1'), true],
  ])('%s', (_, process, alive) => {
    expect(isProcessAlive(process)).toBe(alive);
  });
});

test('what a second bot in another namespace of process ids runs is not taken from it before it expires', async () => {
  const { engine, docker, dataFolder } = await openTestEngine();
  const [host, pid, start, boot] = thisProcess().split('/');
  const owner = await readOwner(dataFolder);
  const make = async (process: string, expires: number) => {
    const Labels = {
      'dockproof.owner': owner,
      'dockproof.run': crypto.randomUUID(),
      'dockproof.process': process,
      'dockproof.expires': String(expires),
    };
    const container = await docker.createContainer({ Image: 'dockproof/base:1', Labels });
    onTestFinished(() => container.remove({ force: true }).catch(() => undefined));
    return container;
  };
  const later = Math.ceil(Date.now() / 1000) + 600;
  // The number of this very process, and a number that nobody has here.
  const live = await Promise.all([
    make([host, pid, start, boot, '1'].join('/'), later),
    make([hostname(), 999_999, 1, boot, '1'].join('/'), later),
  ]);
  const expired = await make([hostname(), 999_999, 1, boot, '1'].join('/'), 1);
  expect(await engine.reap()).toBe(1);
  for (const container of live) expect((await container.inspect()).State.Status).toBe('created');
  await expect(expired.inspect()).rejects.toMatchObject({ statusCode: 404 });
});

test('an object that the engine fails to remove keeps none of the others, nor the directories of this host', async () => {
  const { engine, docker, dataFolder } = await openTestEngine();
  const owner = await readOwner(dataFolder);
  const Labels = { 'dockproof.owner': owner, 'dockproof.expires': '1' };
  const [stuck, free] = ['stuck', 'free'].map((name) => `dockproof-${name}-${crypto.randomUUID()}`);
  for (const Name of [stuck, free]) await docker.createVolume({ Name, Labels });
  const directory = join(tmpdir(), `dockproof-${owner}-${encodeURIComponent(`${hostname()}/999999/1`)}-abc123`);
  await mkdir(directory);
  onTestFinished(async () => {
    await rm(directory, { recursive: true, force: true });
    await docker.getVolume(stuck ?? '').remove();
  });
  const { socket } = await interpose(engine.address.replace('unix://', ''), (method, url) =>
    method === 'DELETE' && url.includes('stuck') ? { status: 500, body: '{"message":"driver failed"}' } : null,
  );
  await expect(openAt(socket, dataFolder).reap()).rejects.toMatchObject({
    message: expect.stringContaining('driver failed'),
  });
  await expect(docker.getVolume(free ?? '').inspect()).rejects.toMatchObject({ statusCode: 404 });
  await expect(readdir(directory)).rejects.toMatchObject({ code: 'ENOENT' });
});
