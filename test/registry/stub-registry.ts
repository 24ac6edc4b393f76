import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { onTestFinished } from 'vitest';
import { createRegistry } from '../../src/registry/create-registry.ts';

/** A request that came. */
export interface Came {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** What is answered. */
export interface Said {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

/** Starts a server on this machine that says what a test wants said; it ends with the test. */
export async function startStub(answer: (came: Came, host: string) => Said | undefined) {
  const came: Came[] = [];
  const server = createServer((request, response) => {
    const asked = { method: request.method ?? '', path: request.url ?? '', headers: request.headers };
    came.push(asked);
    const { status = 200, headers = {}, body = '' } = answer(asked, host) ?? { status: 404 };
    response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const host = `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  return { host, came };
}

export const digestOf = (bytes: Buffer | string) => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

export const types = {
  image: 'application/vnd.oci.image.manifest.v1+json',
  index: 'application/vnd.oci.image.index.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
} as const;

/** An image of made-up layers: what a registry has of it, but the layers. */
export function sampleImage({
  history = [{ created_by: 'ADD x /' }, { created_by: 'CMD ["sh"]', empty_layer: true }, { created_by: 'RUN make' }],
  layers = [100, 20],
  platform = { os: 'linux', architecture: 'amd64' },
  manifest: also = {},
}: {
  history?: readonly object[] | null;
  layers?: readonly number[];
  platform?: object;
  manifest?: object;
} = {}) {
  const config = Buffer.from(
    JSON.stringify({
      ...platform,
      rootfs: { type: 'layers', diff_ids: layers.map((size, index) => digestOf(`unpacked ${index} ${size}`)) },
      ...(history === null ? {} : { history }),
    }),
  );
  const packed = layers.map((size, index) => Buffer.alloc(size, index + 1));
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: types.image,
      config: { mediaType: types.config, digest: digestOf(config), size: config.length },
      layers: packed.map((bytes) => ({ mediaType: types.layer, digest: digestOf(bytes), size: bytes.length })),
      ...also,
    }),
  );
  return { config, manifest, digest: digestOf(manifest), platform, packed };
}

export type Sample = ReturnType<typeof sampleImage>;

/** A list of images. @param further descriptors before them */
export function sampleIndex(images: readonly Sample[], further: readonly object[] = []) {
  const listed = images.map(({ digest, manifest, platform }) => ({
    mediaType: types.image,
    digest,
    size: manifest.length,
    platform,
  }));
  const manifests = [...further, ...listed];
  return Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: types.index, manifests }));
}

/** Answers with an image by its tag `1`, by its digests, or not at all. */
export function serving({ manifest, config, digest }: Sample) {
  return ({ path }: Came): Said | undefined => {
    if (path.endsWith('/manifests/1') || path.endsWith(`/manifests/${digest}`))
      return { headers: { 'content-type': types.image, 'docker-content-digest': digest }, body: manifest };
    return path.endsWith(`/blobs/${digestOf(config)}`) ? { body: config } : undefined;
  };
}

/** Asks registries on this machine. @param environment where Docker's credentials are */
export function registryOf(hosts: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const registry = createRegistry({
    registries: hosts.map((host) => `private:${host}`),
    environment: { HOME: '/nonexistent', ...environment },
  });
  return {
    image: (name: string, platform: string | null = null) =>
      registry.image(name, platform, new AbortController().signal),
  };
}

/** Docker's credentials for a host, as the environment has them. */
export const loginFor = (host: string) => ({
  DOCKER_AUTH_CONFIG: JSON.stringify({ auths: { [host]: { auth: Buffer.from('me:hunter2').toString('base64') } } }),
});
