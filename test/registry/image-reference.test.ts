import { describe, expect, test } from 'vitest';
import { isImageId, readReference } from '../../src/registry/image-reference.ts';

const hex = 'a'.repeat(64);

describe('a name of an image', () => {
  test.each([
    ['debian', 'docker.io/library/debian:latest'],
    ['debian:12', 'docker.io/library/debian:12'],
    ['  debian:12\n', 'docker.io/library/debian:12'],
    ['owner/app', 'docker.io/owner/app:latest'],
    ['docker.io/debian', 'docker.io/library/debian:latest'],
    ['index.docker.io/owner/app:1', 'docker.io/owner/app:1'],
    ['ghcr.io/owner/app', 'ghcr.io/owner/app:latest'],
    ['localhost/app', 'localhost/app:latest'],
    ['localhost:5000/app:v1', 'localhost:5000/app:v1'],
    ['127.0.0.1:5000/a/b/c/d', '127.0.0.1:5000/a/b/c/d:latest'],
    ['[2001:db8::1]:5000/app:1', '[2001:db8::1]:5000/app:1'],
    ['Registry.Example/app', 'registry.example/app:latest'],
    ['xn--n3h.example/app', 'xn--n3h.example/app:latest'],
    ['owner/a.b_c__d-e---f', 'docker.io/owner/a.b_c__d-e---f:latest'],
    [`debian@sha256:${hex}`, `docker.io/library/debian@sha256:${hex}`],
    [`debian:12@sha256:${hex}`, `docker.io/library/debian:12@sha256:${hex}`],
    [`x@sha512:${hex}${hex}`, `docker.io/library/x@sha512:${hex}${hex}`],
    ['x:_T.a-g', 'docker.io/library/x:_T.a-g'],
  ])('%s is %s', (written, full) => {
    expect(readReference(written).full).toBe(full);
  });

  test('is taken apart', () => {
    expect(readReference(`localhost:5000/a/b:1@sha256:${hex}`)).toEqual({
      registry: 'localhost:5000',
      repository: 'a/b',
      tag: '1',
      digest: `sha256:${hex}`,
      full: `localhost:5000/a/b:1@sha256:${hex}`,
    });
  });

  test.each([
    '',
    ':latest',
    '/app',
    'app/',
    'a//b',
    'a/../b',
    '..',
    '../containers/json?x=',
    'a b',
    'Owner/app:1',
    'owner/App',
    'app:',
    'app:-x',
    `app:${'x'.repeat(129)}`,
    'app@latest',
    'app@sha256:abc',
    `app@sha256:${'A'.repeat(64)}`,
    `app@md5:${'a'.repeat(32)}`,
    `a@sha256:${hex}@sha256:${hex}`,
    '-a/b',
    'a-/b',
    'a___b',
    'a..b/c',
    '.example/app',
    'example./app',
    'host:99999/app',
    'host:/app',
    'http://host.example/app',
    'user:secret@host.example/app',
    'host.example/app?x=1',
    'host.example/app#x',
    'host.example/%2e%2e/app',
    'host.example/ａpp',
    'host.example\\app',
    '[::1]/../app',
    '[::1%25eth0]:5000/app',
    'a'.repeat(256),
    'a/'.repeat(1000),
    `x${'.'.repeat(500)}`,
    'app\u0000',
    'app\u202e',
  ])('is not %j', (written) => {
    expect(() => readReference(written)).toThrow(expect.objectContaining({ code: 'not-a-name' }));
  });

  test('that is an id is never asked of a registry', () => {
    for (const id of ['0123456789ab', hex, `sha256:${hex}`, 'sha256:012345']) {
      expect(isImageId(id)).toBe(true);
      expect(() => readReference(id)).toThrow('which only an engine knows');
    }
    expect(['cafe', 'deadbeef', 'sha256:xyz', 'debian'].some(isImageId)).toBe(false);
  });
});
