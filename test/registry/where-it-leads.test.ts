import type { LookupAddress } from 'node:dns';
import { describe, expect, test } from 'vitest';
import { createRegistry } from '../../src/registry/create-registry.ts';
import { digestOf, loginFor, registryOf, sampleImage, serving, startStub } from './stub-registry.ts';

const sample = sampleImage();
const bearer = (realm: string) => `Bearer realm="${realm}",service="stub",scope="repository:a/b:pull"`;
const wantsToken = (realm: string) => ({ status: 401, headers: { 'www-authenticate': bearer(realm) } });
const wantsLogin = { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } };

describe('a token', () => {
  const guarded = (realm: (host: string) => string) =>
    startStub((came, host) => {
      if (came.path.startsWith('/token')) return { body: JSON.stringify({ access_token: 'T', expires_in: 300 }) };
      return came.headers.authorization === 'Bearer T' ? serving(sample)(came) : wantsToken(realm(host));
    });

  test('is fetched without a login where nobody has one, and serves further requests', async () => {
    const { host, came } = await guarded((own) => `http://${own}/token`);
    await registryOf([host]).image(`${host}/a/b:1`);
    expect(came.map(({ path }) => path.split('?')[0])).toEqual([
      '/v2/a/b/manifests/1',
      '/token',
      '/v2/a/b/manifests/1',
      `/v2/a/b/blobs/${digestOf(sample.config)}`,
    ]);
    expect(came[1]?.path).toContain('service=stub&scope=repository%3Aa%2Fb%3Apull');
    expect(came[1]?.headers.authorization).toBeUndefined();
  });

  test.each([
    ['no scope', '', 'scope=repository%3Aa%2Fb%3Apull'],
    ['a scope of its own', ',scope="aws"', 'scope=aws'],
    [
      'several scopes',
      ',scope="repository:a/b:pull repository:c:pull"',
      'scope=repository%3Aa%2Fb%3Apull&scope=repository%3Ac%3Apull',
    ],
  ])('is fetched for what the registry asks, which is %s', async (_, scope, query) => {
    const { host, came } = await startStub((asked, own) => {
      if (asked.path.startsWith('/token')) return { body: JSON.stringify({ token: 'T' }) };
      if (asked.headers.authorization === 'Bearer T') return serving(sample)(asked);
      return { status: 401, headers: { 'www-authenticate': `Bearer realm="http://${own}/token"${scope}` } };
    });
    await registryOf([host]).image(`${host}/a/b:1`);
    expect(came[1]?.path).toBe(`/token?${query}`);
  });

  test('is fetched with the login for that host', async () => {
    const { host, came } = await guarded((own) => `http://${own}/token`);
    await registryOf([host], loginFor(host)).image(`${host}/a/b:1`);
    expect(came[1]?.headers.authorization).toBe(`Basic ${Buffer.from('me:hunter2').toString('base64')}`);
  });

  test('is fetched without the login where somebody else gives it out', async () => {
    const elsewhere = await startStub(() => ({ body: JSON.stringify({ token: 'T' }) }));
    const { host } = await guarded(() => `http://${elsewhere.host}/token`);
    await registryOf([host, elsewhere.host], loginFor(host)).image(`${host}/a/b:1`);
    expect(elsewhere.came.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  test.each([
    ['at a private address', 'https://10.0.0.1/token'],
    ['where clouds keep their metadata', 'http://169.254.169.254/latest/meta-data'],
    ['on this machine, unlisted', 'http://127.0.0.1:9/token'],
    ['at an address that is not of the web', 'file:///etc/passwd'],
  ])('is not fetched %s', async (_, realm) => {
    const { host } = await guarded(() => realm);
    await expect(registryOf([host], loginFor(host)).image(`${host}/a/b:1`)).rejects.toMatchObject({
      code: 'address-refused',
    });
  });

  test('that is refused means private or absent, and nobody learns which', async () => {
    const secret = await startStub((came, own) =>
      came.path.startsWith('/token') ? { status: 401 } : wantsToken(`http://${own}/token`),
    );
    const absent = await startStub(() => ({ status: 404 }));
    const words = async (host: string) => {
      const failure = await registryOf([host])
        .image(`${host}/a/b:1`)
        .catch((error: Error) => error);
      return failure instanceof Error ? failure.message.replaceAll(host, 'HOST') : '';
    };
    expect(await words(secret.host)).toContain('is not there, or it is private');
    expect(await words(secret.host)).toBe(await words(absent.host));
  });

  test('that grants less than was asked for means the same', async () => {
    const { host } = await startStub((came, own) =>
      came.path.startsWith('/token') ? { body: JSON.stringify({ token: 'less' }) } : wantsToken(`http://${own}/token`),
    );
    await expect(registryOf([host]).image(`${host}/a/b:1`)).rejects.toMatchObject({ code: 'no-such-image' });
  });
});

describe('a login', () => {
  test('is said to be missing, or is taken', async () => {
    const { host } = await startStub((came) =>
      came.headers.authorization === undefined ? wantsLogin : serving(sample)(came),
    );
    await expect(registryOf([host]).image(`${host}/a/b:1`)).rejects.toMatchObject({
      code: 'needs-login',
      message: expect.stringContaining(`docker login ${host}`),
    });
    expect(await registryOf([host], loginFor(host)).image(`${host}/a/b:1`)).toMatchObject({ digest: sample.digest });
  });

  test('that is not taken is said so', async () => {
    const { host } = await startStub(() => wantsLogin);
    await expect(registryOf([host], loginFor(host)).image(`${host}/a/b:1`)).rejects.toMatchObject({
      code: 'needs-login',
      message: expect.stringContaining('does not take the login'),
    });
  });

  test('for one host goes to no other', async () => {
    const { host, came } = await startStub(() => wantsLogin);
    const registry = registryOf([host], loginFor(host.replace(/\d+$/, '1')));
    await expect(registry.image(`${host}/a/b:1`)).rejects.toMatchObject({ code: 'needs-login' });
    expect(came.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });
});

describe('a redirect', () => {
  const redirecting = (to: string) =>
    startStub((came, own) => {
      if (came.path.startsWith('/token')) return { body: JSON.stringify({ token: 'T' }) };
      if (came.headers.authorization !== 'Bearer T') return wantsToken(`http://${own}/token`);
      return came.path.includes('/blobs/') ? { status: 307, headers: { location: to } } : serving(sample)(came);
    });

  test('to storage takes no token along', async () => {
    const storage = await startStub(({ headers }) =>
      headers.authorization === undefined ? { body: sample.config } : { status: 400 },
    );
    const { host } = await redirecting(`http://${storage.host}/bucket/x?signature=1`);
    await registryOf([host, storage.host]).image(`${host}/a/b:1`);
    expect(storage.came.map(({ path }) => path)).toEqual(['/bucket/x?signature=1']);
  });

  test('to another registry gets a token of that one', async () => {
    const other = await startStub((came, own) => {
      if (came.path.startsWith('/token')) return { body: JSON.stringify({ token: 'OTHER' }) };
      return came.headers.authorization === 'Bearer OTHER'
        ? { body: sample.config }
        : wantsToken(`http://${own}/token`);
    });
    const { host } = await redirecting(`http://${other.host}/v2/a/b/blobs/x`);
    const image = await registryOf([host, other.host], loginFor(host)).image(`${host}/a/b:1`);
    expect(image.digest).toBe(sample.digest);
    expect(other.came.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined, 'Bearer OTHER']);
  });

  test.each([
    'https://192.168.0.1/x',
    'http://127.0.0.1:9/x',
    'https://[::1]/x',
    'http://example.org/x',
    'gopher://x/',
  ])('to %s is not followed', async (to) => {
    const { host } = await redirecting(to);
    await expect(registryOf([host]).image(`${host}/a/b:1`)).rejects.toMatchObject({ code: 'address-refused' });
  });

  test('without end comes to one', async () => {
    const { host, came } = await startStub((_, own) => ({ status: 302, headers: { location: `http://${own}/again` } }));
    await expect(registryOf([host]).image(`${host}/a/b:1`)).rejects.toMatchObject({ code: 'unreadable' });
    expect(came).toHaveLength(6);
  });
});

describe('a name that chooses a host', () => {
  const look = (addresses: readonly string[], registries = ['registry.example']) => {
    const asked: string[] = [];
    const registry = createRegistry({
      registries,
      environment: {},
      lookup(host, _, done) {
        asked.push(host);
        const found = addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 }));
        done(null, found);
      },
    });
    return { asked, image: (name: string) => registry.image(name, null, new AbortController().signal) };
  };

  test.each([
    [['10.0.0.7']],
    [['127.0.0.1']],
    [['169.254.169.254']],
    [['::1']],
    [['::ffff:10.0.0.7']],
    [['fe80::1']],
    [['93.184.216.34', '192.168.0.1']],
    [[]],
  ])('is not connected to at %j', async (addresses) => {
    const { image, asked } = look(addresses);
    await expect(image('registry.example/a/b:1')).rejects.toMatchObject({ code: 'address-refused' });
    expect(asked).toEqual(['registry.example']);
  });

  test.each([
    'evil.example/a',
    'registry.example:8443/a',
    'registry.example.evil.example/a',
    '169.254.169.254/a',
    'debian',
  ])('is not even looked up where it is not listed: %s', async (name) => {
    const { image, asked } = look(['93.184.216.34']);
    await expect(image(name)).rejects.toMatchObject({ code: 'registry-not-allowed' });
    expect(asked).toEqual([]);
  });

  test('that leads to this machine is refused where it is listed without "private:"', async () => {
    const { host, came } = await startStub(serving(sample));
    const { image } = look([], [host]);
    await expect(image(`${host}/a/b:1`)).rejects.toMatchObject({ code: 'address-refused' });
    expect(came).toEqual([]);
  });
});
