import { describe, expect, test } from 'vitest';
import { createRegistry } from '../../src/registry/create-registry.ts';
import { digestOf, registryOf, sampleImage, sampleIndex, serving, startStub, types } from './stub-registry.ts';

const sample = sampleImage();

describe('an image at a registry', () => {
  test('takes two requests, and none of its layers', async () => {
    const { host, came } = await startStub(serving(sample));
    const image = await registryOf([host]).image(`${host}/a/b:1`);
    expect(image).toMatchObject({ digest: sample.digest, platform: 'linux/amd64', platforms: [] });
    expect(came.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v2/a/b/manifests/1',
      `GET /v2/a/b/blobs/${digestOf(sample.config)}`,
    ]);
    expect(came[0]?.headers.accept?.split(', ')).toHaveLength(4);
  });

  test('of several platforms is asked for by its digest, and attestations are set aside, even the first', async () => {
    const arm = sampleImage({ platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } });
    const attestation = {
      mediaType: types.image,
      digest: digestOf('attestation'),
      size: 1,
      platform: { os: 'unknown', architecture: 'unknown' },
      annotations: { 'vnd.docker.reference.type': 'attestation-manifest', 'vnd.docker.reference.digest': arm.digest },
    };
    const index = sampleIndex([sample, arm], [attestation]);
    const { host } = await startStub((came) =>
      came.path.endsWith('/manifests/1')
        ? { headers: { 'content-type': types.index }, body: index }
        : (serving(arm)(came) ?? serving(sample)(came)),
    );
    const registry = registryOf([host]);
    expect(await registry.image(`${host}/a/b:1`, 'arm64')).toMatchObject({
      digest: arm.digest,
      platform: 'linux/arm64/v8',
      platforms: ['linux/amd64', 'linux/arm64/v8'],
      attestations: { all: 1, own: 1 },
    });
    expect(await registry.image(`${host}/a/b:1`, 'linux/amd64')).toMatchObject({ attestations: { all: 1, own: 0 } });
    await expect(registry.image(`${host}/a/b:1`, 'linux/s390x')).rejects.toMatchObject({
      code: 'no-such-platform',
      message: expect.stringContaining('It is for linux/amd64, linux/arm64/v8'),
    });
  });

  test('of one platform is not another platform’s', async () => {
    const { host } = await startStub(serving(sample));
    await expect(registryOf([host]).image(`${host}/a/b:1`, 'linux/arm64')).rejects.toMatchObject({
      code: 'no-such-platform',
    });
  });

  test('in lists that stand in one another without end is refused', async () => {
    const lists = [sampleIndex([sample])];
    for (let depth = 0; depth < 4; depth++) {
      const inner = lists[0] ?? Buffer.alloc(0);
      const descriptor = { mediaType: types.index, digest: digestOf(inner), size: inner.length };
      lists.unshift(sampleIndex([], [descriptor]));
    }
    const { host, came } = await startStub(({ path }) => {
      const body = path.endsWith('/manifests/1') ? lists[0] : lists.find((list) => path.endsWith(digestOf(list)));
      return body === undefined ? undefined : { headers: { 'content-type': types.index }, body };
    });
    await expect(registryOf([host]).image(`${host}/a/b:1`)).rejects.toMatchObject({ code: 'unreadable' });
    expect(came).toHaveLength(3);
  });

  test('whose registry tells no digest has the one of what came', async () => {
    const { host } = await startStub((came) => {
      const said = serving(sample)(came);
      return said === undefined ? undefined : { ...said, headers: { 'content-type': types.image } };
    });
    expect(await registryOf([host]).image(`${host}/a/b:1`)).toMatchObject({ digest: sample.digest });
  });

  test('is not fetched again where a tag still means it; that is asked by HEAD, which limits do not count', async () => {
    const { host, came } = await startStub(serving(sample));
    const registry = registryOf([host]);
    await registry.image(`${host}/a/b:1`);
    await registry.image(`${host}/a/b:1`);
    await registry.image(`${host}/a/b@${sample.digest}`);
    expect(came.map(({ method }) => method)).toEqual(['GET', 'GET', 'HEAD']);
  });

  test('is fetched anew where a tag means another', async () => {
    const other = sampleImage({ layers: [1] });
    let now = sample;
    const { host } = await startStub((came) => serving(now)(came));
    const registry = registryOf([host]);
    await registry.image(`${host}/a/b:1`);
    now = other;
    expect(await registry.image(`${host}/a/b:1`)).toMatchObject({ digest: other.digest });
  });

  test('is never asked about by HEAD of a blob, which some registries refuse', async () => {
    const { host, came } = await startStub((asked) =>
      asked.method === 'HEAD' && asked.path.includes('/blobs/') ? { status: 401 } : serving(sample)(asked),
    );
    const registry = registryOf([host]);
    await registry.image(`${host}/a/b:1`);
    await registry.image(`${host}/a/b:1`);
    expect(came.filter(({ method, path }) => method === 'HEAD' && path.includes('/blobs/'))).toEqual([]);
  });
});

describe('a manifest is not believed that', () => {
  const both = { ...JSON.parse(sample.manifest.toString()), manifests: [] };
  const asText = sample.manifest.toString();

  test.each([
    ['is an image and a list in one', { body: JSON.stringify(both) }],
    ['is an image and says it is a list', { body: asText.replace(types.image, types.index) }],
    ['is an image that its registry calls a list', { body: asText, headers: { 'content-type': types.index } }],
    [
      'has another digest than its registry says',
      { body: asText, headers: { 'docker-content-digest': digestOf('x') } },
    ],
    ['has a digest of no known kind', { body: asText, headers: { 'docker-content-digest': 'md5:abc' } }],
    ['is no JSON', { body: '<html>' }],
    ['is JSON of another kind', { body: '[]' }],
    ['says nothing', { body: '{}' }],
    ['is longer than any', { body: Buffer.alloc(4 * 1024 * 1024 + 1, 0x20) }],
    ['names its layers by what is no digest', { body: asText.replace(/sha256:[0-9a-f]{64}/g, 'sha256:../../x') }],
  ])('%s', async (_, said) => {
    const { host } = await startStub(({ path }) => (path.endsWith('/manifests/1') ? said : { status: 500 }));
    await expect(registryOf([host]).image(`${host}/a/b:1`)).rejects.toMatchObject({ code: 'unreadable' });
  });

  test.each([
    ['a manifest in the form of 2015', JSON.stringify({ schemaVersion: 1, fsLayers: [] })],
    ['a chart', asText.replace(types.config, 'application/vnd.cncf.helm.config.v1+json')],
    ['a list of nothing', sampleIndex([])],
  ])('and %s is no image', async (_, body) => {
    const { host } = await startStub(() => ({ body }));
    await expect(registryOf([host]).image(`${host}/a/b:1`)).rejects.toMatchObject({ code: 'not-an-image' });
  });

  test('and content that is not what was asked for by its digest is refused', async () => {
    const { host } = await startStub(({ path }) => ({ body: path.includes('/manifests/') ? sample.manifest : '{}' }));
    await expect(registryOf([host]).image(`${host}/a/b:1`)).rejects.toThrow('not what its digest says');
    const named = `${host}/a/b@${digestOf('another')}`;
    await expect(registryOf([host]).image(named)).rejects.toThrow('not what its digest says');
  });
});

test('a manifest that does not say what it is is read by its shape', async () => {
  const bare = sampleImage({ manifest: { mediaType: undefined } });
  const { host } = await startStub((came) => {
    const said = serving(bare)(came);
    return said === undefined ? undefined : { ...said, headers: { 'content-type': 'application/json' } };
  });
  expect(await registryOf([host]).image(`${host}/a/b:1`)).toMatchObject({ digest: bare.digest });
});

describe('a limit', () => {
  test('that is counted says what remains', async () => {
    const headers = { 'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': '0;w=21600' };
    const { host } = await startStub(() => ({ status: 429, headers }));
    await expect(registryOf([host]).image(`${host}/a/b:1`)).rejects.toMatchObject({
      code: 'rate-limited',
      message: expect.stringContaining('0 of 100 requests remain, for 6 hours'),
    });
  });

  test('against abuse has other words', async () => {
    const { host } = await startStub(() => ({ status: 429 }));
    await expect(registryOf([host]).image(`${host}/a/b:1`)).rejects.toMatchObject({
      code: 'rate-limited',
      message: expect.stringContaining('too many requests came from this address'),
    });
  });

  test('that is not reached is told with the image', async () => {
    const { host } = await startStub((came) => {
      const said = serving(sample)(came);
      const headers = { ...said?.headers, 'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': '76;w=21600' };
      return said === undefined ? undefined : { ...said, headers };
    });
    expect((await registryOf([host]).image(`${host}/a/b:1`)).rate).toEqual({
      limit: 100,
      remaining: 76,
      window: 21600,
    });
  });
});

test('a registry that has trouble of its own, or is not there, is said to have', async () => {
  const { host } = await startStub(() => ({ status: 503 }));
  await expect(registryOf([host]).image(`${host}/a/b:1`)).rejects.toThrow('trouble of its own (status 503)');
  await expect(registryOf(['127.0.0.1:1']).image('127.0.0.1:1/a/b:1')).rejects.toMatchObject({ code: 'unreachable' });
});

test('a look that is stopped ends at once', async () => {
  const { host } = await startStub(() => undefined);
  const stop = new AbortController();
  stop.abort(new Error('stopped'));
  const registry = createRegistry({ registries: [`private:${host}`], environment: {} });
  await expect(registry.image(`${host}/a/b:1`, null, stop.signal)).rejects.toThrow('stopped');
});
