import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type Docker from 'dockerode';
import { pack } from 'tar-stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import { projectFolder } from '../../../src/assemble.ts';
import { tellComparison } from '../../../src/assistant/layer-words.ts';
import type { LookRequest } from '../../../src/assistant/layers.ts';
import { createLayers } from '../../../src/assistant/looking/create-layers.ts';
import { createRegistry } from '../../../src/registry/create-registry.ts';
import { openDemoEngine } from '../../../src/sandbox/demo-engine.ts';
import { openTestEngine, temporaryFolder } from '../../engines/test-engine.ts';
import { sampleImage, serving, startStub } from '../../registry/stub-registry.ts';
import { defaultSettings } from '../../store/default-settings.ts';

/** What looks into images of this machine's engine and of stubs, as whoever operates the program. */
async function start(hosts: readonly string[] = [], socket?: string) {
  const opened = socket === undefined ? await openTestEngine() : null;
  const config = { host: `unix://${socket}`, tlsVerify: false, certPath: null };
  const engine =
    opened?.engine ?? openDemoEngine({ config, environment: {}, baseImage: null, dataFolder: await temporaryFolder() });
  const registry = createRegistry({ registries: hosts.map((host) => `private:${host}`), environment: {} });
  const layers = createLayers({
    engine: async () => engine,
    registry: async () => registry,
    store: async () => null,
    defaults: defaultSettings,
  });
  const request = (image: string, further: Partial<LookRequest> = {}): LookRequest => ({
    ...{ image, platform: null, files: false, path: null },
    ...{ who: { id: 'terminal' }, where: { id: 'terminal' }, signal: new AbortController().signal },
    ...further,
  });
  return {
    docker: opened?.docker,
    engine,
    look: (image: string, further?: Partial<LookRequest>) => layers.look(request(image, further)),
    compare: (image: string, other: string) => layers.compare(request(image), other),
  };
}

/** Builds an image on the demo base image; it goes with the test. @returns its name */
async function build(docker: Docker | undefined, lines: readonly string[]): Promise<string> {
  if (docker === undefined) throw new Error('This test needs the engine');
  const name = `dockproof-test-${randomUUID()}:1`;
  const context = pack();
  context.entry({ name: 'Dockerfile' }, ['FROM dockproof/base:1', 'USER 0', ...lines].join('\n'));
  context.entry({ name: 'one' }, 'x'.repeat(10_000));
  context.finalize();
  await buffer(await docker.buildImage(Readable.from(context), { t: name, nocache: true }));
  onTestFinished(() => docker.getImage(name).remove({ force: true }));
  return name;
}

const lines = [
  'RUN dd if=/dev/zero of=/work/big bs=1024 count=3000',
  'RUN rm /work/big',
  'WORKDIR /made/here',
  'COPY one /work/one',
  'RUN chmod 600 /work/one',
  'RUN true',
  'ENV NPM_TOKEN=hunter2',
  'CMD ["sh"]',
];

describe('an image of the engine', () => {
  test('is told with the sizes that the engine counts, to the byte, and each layer with what made it', async () => {
    const { docker, engine, look } = await start();
    await engine.prepare();
    const name = await build(docker, lines);
    const facts = await docker?.getImage(name).inspect();
    const report = await look(name);
    expect(report).toMatchObject({ source: 'engine', digest: facts?.Id, sizes: 'unpacked', hidden: null });
    expect(report.totals.unpacked).toBe(facts?.Size);
    const rows = report.layers.filter(({ empty }) => !empty);
    expect(rows.map(({ diffId }) => diffId)).toEqual(facts?.RootFS.Layers);
    expect(rows.slice(-5).map(({ instruction, unpacked }) => [instruction, unpacked])).toEqual([
      ['RUN dd if=/dev/zero of=/work/big bs=1024 count=3000', 3_072_000],
      ['RUN rm /work/big', 0],
      ['WORKDIR /made/here', 0],
      ['COPY … /work/one', 10_000],
      ['RUN chmod 600 /work/one', 10_000],
    ]);
    expect(report.layers.filter(({ empty }) => empty).map(({ instruction }) => instruction)).toEqual(
      expect.arrayContaining(['RUN true', 'ENV NPM_TOKEN=…', 'CMD ["sh"]']),
    );
    expect(JSON.stringify(report)).not.toContain('hunter2');
  });

  test('has its base marked, where another image here has the same lowest layers', async () => {
    const { docker, engine, look } = await start();
    const base = await engine.prepare();
    const name = await build(docker, ['RUN echo > /work/x']);
    const below = (await docker?.getImage(base.id).inspect())?.RootFS.Layers?.length;
    const report = await look(name);
    expect(report.layers.filter(({ base: of, empty }) => of === true && !empty)).toHaveLength(below ?? 0);
    expect(report.layers.at(-1)?.base).toBe(false);
    expect(report.notes.join()).toContain('Its lowest layers are those of');
  });

  test('is read file by file where that is asked for: what is hidden, by whom, and what to do about it', async () => {
    const { docker, engine, look } = await start();
    await engine.prepare();
    const report = await look(await build(docker, lines), { files: true });
    const number = (instruction: string) => report.layers.find((row) => row.instruction === instruction)?.number;
    const [big, one] = report.hidden?.pieces ?? [];
    expect(big).toMatchObject({ path: '/work/big', bytes: 3_072_000, reason: 'deleted' });
    expect([big?.writer, big?.hider]).toEqual([number(lines[0] ?? ''), number('RUN rm /work/big')]);
    expect(one).toMatchObject({ path: '/work/one', bytes: 10_000, reason: 'rewritten' });
    expect(report.hidden?.hidden).toBe(3_082_000);
    expect(report.files?.complete).toBe(true);
    expect(report.advice).toContainEqual({
      entry: 'deleted-files-still-take-space',
      demo: 'whiteouts',
      text: `A file of layer ${big?.writer}, deleted by layer ${big?.hider}, is still stored`,
      bytes: 3_072_000,
    });
  });

  test('tells which layer brought a path', async () => {
    const { docker, engine, look } = await start();
    await engine.prepare();
    const report = await look(await build(docker, lines), { path: '/work/one' });
    const layers = report.layers.flatMap(({ instruction, number }) =>
      instruction === 'COPY … /work/one' || instruction === 'RUN chmod 600 /work/one' ? [number] : [],
    );
    expect(report.files?.path?.events.map(({ layer }) => layer)).toEqual(layers);
    expect(report.files?.path).toMatchObject({ kind: 'file', layer: layers[1] });
  });

  test('is found by its id, whole or its begin, and no registry is asked for one', async () => {
    const { host, came } = await startStub(() => undefined);
    const { engine, look } = await start([host]);
    const { id } = await engine.prepare();
    expect((await look(id)).digest).toBe(id);
    expect((await look(id.slice('sha256:'.length, 'sha256:'.length + 12))).digest).toBe(id);
    await expect(look('0123456789ab')).rejects.toMatchObject({ code: 'no-layers' });
    expect(came).toEqual([]);
  });

  test('that takes too long to read is given up, in words', async () => {
    const { engine, look } = await start();
    const { id } = await engine.prepare();
    await expect(look(id, { files: true, signal: AbortSignal.timeout(1) })).rejects.toMatchObject({
      code: 'no-layers',
      message: expect.stringContaining('took too long'),
    });
  });

  test('is compared with another: what both have, what the second costs', async () => {
    const { docker, engine, compare } = await start();
    await engine.prepare();
    const name = await build(docker, ['COPY one /work/one']);
    const compared = await compare('dockproof/base:1', name);
    expect(compared).toMatchObject({
      sizes: 'unpacked',
      onTop: { layers: 1, bytes: 10_000 },
      gone: { layers: 0, bytes: 0 },
    });
    expect(tellComparison(compared).join()).not.toContain('the same image');
    const [first, ...others] = tellComparison(await compare(name, compared.b.digest));
    expect(first).toBe('Both are the same image.');
    expect(others.join()).not.toMatch(/on top|has not/);
    expect(compared.shared.layers).toBe(compared.a.totals.layers);
    expect(compared.changed.map(({ side, row }) => `${side} ${row.instruction}`)).toEqual([
      'b USER 0',
      'b COPY … /work/one',
    ]);
  });
});

test('a comparison says which of its images it cannot look into', async () => {
  const { host } = await startStub(serving(sampleImage()));
  const { compare } = await start([host]);
  const there = `${host}/a/b:1`;
  for (const missing of [`${host}/a/b:2`, 'registry.example/x:1', 'NO', '0123456789ab'])
    for (const [a, b] of [
      [there, missing],
      [missing, there],
    ] as const)
      await expect(compare(a, b)).rejects.toMatchObject({
        code: 'no-layers',
        message: expect.stringMatching(new RegExp(`^${missing} cannot be compared\\. .`)),
      });
});

describe('an image that the engine does not have', () => {
  test('is told by its registry', async () => {
    const { host } = await startStub(serving(sampleImage()));
    const { look } = await start([host]);
    expect(await look(`${host}/a/b:1`)).toMatchObject({ source: 'registry', totals: { layers: 2, compressed: 120 } });
  });

  test('for a platform is told by its registry, though the engine has it for another', async () => {
    const { host } = await startStub(serving(sampleImage({ platform: { os: 'linux', architecture: 's390x' } })));
    const { docker, engine, look } = await start([host]);
    const { id } = await engine.prepare();
    await docker?.getImage(id).tag({ repo: `${host}/a/b`, tag: '1' });
    onTestFinished(() => docker?.getImage(`${host}/a/b:1`).remove());
    expect(await look(`${host}/a/b:1`)).toMatchObject({ source: 'engine' });
    expect(await look(`${host}/a/b:1`, { platform: 's390x' })).toMatchObject({
      source: 'registry',
      platform: 'linux/s390x',
    });
  });

  test('is told by its registry too where no engine answers, which is said', async () => {
    const { host } = await startStub(serving(sampleImage()));
    const { look } = await start([host], `${await temporaryFolder()}/none`);
    const report = await look(`${host}/a/b:1`);
    expect(report.notes).toContain('No engine answered, so this is what the registry has.');
    await expect(look('0123456789ab')).rejects.toMatchObject({ code: 'no-engine' });
  });

  test('and that no registry tells of is neither here nor there, in words', async () => {
    const { look } = await start();
    await expect(look('registry.example/x:1')).rejects.toMatchObject({
      code: 'no-layers',
      message: expect.stringMatching(/I do not ask the registry registry\.example.*does not have it/s),
    });
    await expect(look('[::1]:5000/a')).rejects.toMatchObject({
      code: 'no-layers',
      message: expect.stringMatching(
        /I do not ask the registry \[::1\]:5000.*The engine here does not have it either$/s,
      ),
    });
    await expect(look('No Image')).rejects.toMatchObject({ code: 'no-layers' });
  });
});

test('every entry and demo that a report leads to is there', async () => {
  const { docker, engine, look } = await start();
  await engine.prepare();
  const name = await build(docker, [
    'RUN dd if=/dev/zero of=/work/big bs=1024 count=3000',
    'RUN chmod 600 /work/big',
    'RUN echo k > /work/id_rsa && echo again > /work/big',
    'RUN rm -r /work',
    'ENV NPM_TOKEN=hunter2',
  ]);
  const advice = [...(await look(name)).advice, ...(await look(name, { files: true })).advice];
  expect(new Set(advice.map(({ demo }) => demo)).size).toBeGreaterThanOrEqual(4);
  const entries = await readdir(`${projectFolder}knowledge`, { recursive: true });
  const demos = await readdir(`${projectFolder}src/demos`);
  for (const { entry, demo } of advice) {
    expect(entries.some((file) => file.endsWith(`/${entry}.md`))).toBe(true);
    expect(demos).toContain(`${demo}.ts`);
  }
});
