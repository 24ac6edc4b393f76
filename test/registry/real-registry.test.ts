import { describe, expect, test } from 'vitest';
import { registryReport } from '../../src/layers/registry-report.ts';
import { type RealRegistry, startRegistry } from './debian-registry.ts';
import { digestOf, registryOf, type Sample, sampleImage, sampleIndex, types } from './stub-registry.ts';

const repository = 'made/here';

/** Stores an image with its layers. @returns its name by its digest */
async function store(
  registry: RealRegistry,
  { config, manifest, digest, packed }: Sample,
  tag = digest,
): Promise<string> {
  for (const bytes of [config, ...packed]) await registry.push(repository, bytes);
  expect(await registry.tag(repository, tag, types.image, manifest)).toBe(201);
  return `${registry.host}/${repository}${tag === digest ? `@${digest}` : `:${tag}`}`;
}

async function reportOf(registry: RealRegistry, name: string, platform: string | null = null) {
  return registryReport(await registryOf([registry.host]).image(name, platform), []);
}

describe('an image at a real registry', () => {
  test('is told layer by layer, with what made each', async () => {
    const registry = await startRegistry();
    const sample = sampleImage();
    const name = await store(registry, sample, '1');
    const report = await reportOf(registry, name);
    expect(report).toMatchObject({
      image: name,
      platform: 'linux/amd64',
      digest: sample.digest,
      source: 'registry',
      sizes: 'compressed',
      totals: { layers: 2, compressed: 120, unpacked: null },
      notes: [],
    });
    expect(report.layers.map(({ number, instruction, compressed }) => [number, instruction, compressed])).toEqual([
      [1, 'ADD x /', 100],
      [null, 'CMD ["sh"]', null],
      [2, 'RUN make', 20],
    ]);
  });

  test.each([
    ['is absent', null, [null, null]],
    ['is empty', [], [null, null]],
    ['is one line for both layers', [{ created_by: 'by hand' }], ['by hand', null]],
  ])('whose history %s has layers without an instruction', async (_, history, instructions) => {
    const registry = await startRegistry();
    const report = await reportOf(registry, await store(registry, sampleImage({ history })));
    expect(report.layers.map(({ instruction }) => instruction)).toEqual(instructions);
    expect(report.totals.compressed).toBe(120);
    expect(report.notes.join()).toContain('does not say what made');
  });

  test('has a layer for a WORKDIR that stored nothing', async () => {
    const registry = await startRegistry();
    const history = [{ created_by: 'ADD x /' }, { created_by: 'WORKDIR /app' }];
    const report = await reportOf(registry, await store(registry, sampleImage({ history, layers: [100, 0] })));
    expect(report.layers.map(({ number, compressed, empty }) => ({ number, compressed, empty }))).toEqual([
      { number: 1, compressed: 100, empty: false },
      { number: 2, compressed: 0, empty: false },
    ]);
  });

  test('whose history names more layers than it has shows those, and flags the rest', async () => {
    const registry = await startRegistry();
    const history = ['a', 'b', 'c'].map((created_by) => ({ created_by }));
    const report = await reportOf(registry, await store(registry, sampleImage({ history })));
    expect(report.layers.map(({ number }) => number)).toEqual([1, 2, null]);
    expect(report.notes.join()).toContain('names 1 more layer than the image has');
  });

  test('that is smaller than its manifest still has the right sums', async () => {
    const registry = await startRegistry();
    const report = await reportOf(registry, await store(registry, sampleImage({ layers: [1, 2] })));
    expect(report.totals).toMatchObject({ layers: 2, compressed: 3 });
  });

  test('without a kind in its manifest is read all the same', async () => {
    const registry = await startRegistry();
    const report = await reportOf(
      registry,
      await store(registry, sampleImage({ manifest: { mediaType: undefined } }), '1'),
    );
    expect(report.totals.layers).toBe(2);
  });

  test('that is not there is said to be absent or private', async () => {
    const registry = await startRegistry();
    await expect(reportOf(registry, `${registry.host}/nobody/here:1`)).rejects.toMatchObject({ code: 'no-such-image' });
  });
});

describe('a list of images', () => {
  test('has its attestation counted, and told with the image that it is for', async () => {
    const registry = await startRegistry();
    const [amd, arm] = [sampleImage(), sampleImage({ platform: { os: 'linux', architecture: 'arm64' } })];
    const statement = sampleImage({ platform: { os: 'unknown', architecture: 'unknown' }, layers: [7], history: null });
    for (const sample of [amd, arm, statement]) await store(registry, sample);
    const attestation = {
      mediaType: types.image,
      digest: statement.digest,
      size: statement.manifest.length,
      platform: statement.platform,
      annotations: { 'vnd.docker.reference.type': 'attestation-manifest', 'vnd.docker.reference.digest': arm.digest },
    };
    const index = sampleIndex([amd, arm], [attestation]);
    expect(await registry.tag(repository, 'many', types.index, index)).toBe(201);
    const name = `${registry.host}/${repository}:many`;
    const forArm = await reportOf(registry, name, 'linux/arm64');
    expect(forArm).toMatchObject({ digest: arm.digest, platform: 'linux/arm64' });
    expect(forArm.notes).toEqual([
      'It is there for linux/amd64 too: --platform shows them.',
      '1 attestation stands beside it.',
    ]);
    expect((await reportOf(registry, name, 'linux/amd64')).notes.join()).toContain('none of them for this image');
  });

  test('may stand in a list', async () => {
    const registry = await startRegistry();
    const sample = sampleImage();
    await store(registry, sample);
    const inner = sampleIndex([sample]);
    expect(await registry.tag(repository, digestOf(inner), types.index, inner)).toBe(201);
    const outer = sampleIndex([], [{ mediaType: types.index, digest: digestOf(inner), size: inner.length }]);
    expect(await registry.tag(repository, 'nested', types.index, outer)).toBe(201);
    const report = await reportOf(registry, `${registry.host}/${repository}:nested`);
    expect(report.digest).toBe(sample.digest);
  });

  test('of nothing is no image', async () => {
    const registry = await startRegistry();
    expect(await registry.tag(repository, 'none', types.index, sampleIndex([]))).toBe(201);
    await expect(reportOf(registry, `${registry.host}/${repository}:none`)).rejects.toMatchObject({
      code: 'not-an-image',
    });
  });
});

test('a registry that wants a token gives the image to anybody who fetches one', async () => {
  const registry = await startRegistry({ token: true });
  const name = await store(registry, sampleImage(), '1');
  const realms = [registry.host, registry.tokenHost];
  const image = await registryOf(realms).image(name);
  expect(registryReport(image, []).totals.layers).toBe(2);
  expect(registry.asked).toEqual([`/token?service=test&scope=${encodeURIComponent(`repository:${repository}:pull`)}`]);
});
