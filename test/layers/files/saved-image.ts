import { createHash } from 'node:crypto';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { type TarItem, tarBytes } from './tar-bytes.ts';

/** `sha256:` and the hexadecimal digest. */
export function sha256(bytes: Buffer | string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** How a layer is packed. */
export type Packing = 'none' | 'gzip' | 'zstd';

/** A layer to put in an archive: its tar, and what it is packed into. */
export interface TestLayer {
  readonly tar: Buffer;
  readonly packed: Buffer;
  readonly packing: Packing;
}

/** Makes a layer of entries. */
export function testLayer(items: readonly TarItem[], packing: Packing = 'none'): TestLayer {
  return packLayer(tarBytes(items), packing);
}

/** Packs a tar. */
export function packLayer(tar: Buffer, packing: Packing): TestLayer {
  const packed = packing === 'gzip' ? gzipSync(tar) : packing === 'zstd' ? zstdCompressSync(tar) : tar;
  return { tar, packed, packing };
}

/** An image's configuration. */
export function configOf(layers: readonly TestLayer[]): Buffer {
  const history = layers.map((_, index) => ({ created: '2026-01-01T00:00:00Z', created_by: `layer ${index + 1}` }));
  const rootfs = { type: 'layers', diff_ids: layers.map(({ tar }) => sha256(tar)) };
  return Buffer.from(JSON.stringify({ architecture: 'amd64', os: 'linux', config: {}, rootfs, history }));
}

/** Writes an image as `docker save` of an engine with the classic image store does: the manifest comes last. */
export function dockerArchive(layers: readonly TestLayer[], name = 'test/image:1'): Buffer {
  const config = configOf(layers);
  const hex = sha256(config).slice('sha256:'.length);
  const files = layers.map((_, index) => `${index}/layer.tar`);
  const manifest = [{ Config: `${hex}.json`, RepoTags: [name], Layers: files }];
  return tarBytes([
    ...layers.flatMap(({ packed }, index) => [
      { path: `${index}/`, flag: '5' },
      { path: `${index}/VERSION`, content: '1.0' },
      { path: `${index}/json`, content: '{"id":"x"}' },
      { path: files[index] ?? '', content: packed },
    ]),
    { path: `${hex}.json`, content: config },
    { path: 'manifest.json', content: JSON.stringify(manifest) },
  ]);
}

const mediaTypes = {
  none: 'application/vnd.oci.image.layer.v1.tar',
  gzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
  zstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
};

/** A blob of an OCI layout. */
export function blobItem(content: Buffer | string): TarItem {
  return { path: `blobs/${sha256(content).replace(':', '/')}`, content };
}

/** The manifest of an image, and the descriptor of it. */
export function ociManifest(layers: readonly TestLayer[], platform = 'linux/amd64') {
  const config = configOf(layers);
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: sha256(config), size: config.length },
    layers: layers.map(({ packed, packing }) => ({
      mediaType: mediaTypes[packing],
      digest: sha256(packed),
      size: packed.length,
    })),
  });
  const [os, architecture] = platform.split('/');
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const descriptor = { mediaType, digest: sha256(manifest), size: manifest.length, platform: { os, architecture } };
  return { descriptor, items: [blobItem(manifest), blobItem(config), ...layers.map(({ packed }) => blobItem(packed))] };
}

/** Writes an image as an OCI layout in a tar, as engines with the containerd image store do. */
export function ociArchive(layers: readonly TestLayer[], more: readonly TarItem[] = []): Buffer {
  const { descriptor, items } = ociManifest(layers);
  return tarBytes([...items, ...more, ...ociIndex([descriptor])]);
}

/** The two files that begin an OCI layout. */
export function ociIndex(manifests: readonly object[]): TarItem[] {
  return [
    { path: 'index.json', content: JSON.stringify({ schemaVersion: 2, manifests }) },
    { path: 'oci-layout', content: '{"imageLayoutVersion":"1.0.0"}' },
  ];
}

/** Gives bytes in pieces, as a connection does. */
export async function* inPieces(bytes: Buffer, length = 60_000): AsyncGenerator<Buffer> {
  for (let offset = 0; offset < bytes.length; offset += length) yield bytes.subarray(offset, offset + length);
}
