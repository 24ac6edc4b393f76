import { buffer } from 'node:stream/consumers';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { expect, test } from 'vitest';
import { createLayers } from '../../src/assistant/looking/create-layers.ts';
import { createRegistry } from '../../src/registry/create-registry.ts';
import { openDemoEngine } from '../../src/sandbox/demo-engine.ts';
import { temporaryFolder } from '../engines/test-engine.ts';
import { defaultSettings } from '../store/default-settings.ts';
import { startRegistry } from './debian-registry.ts';
import { digestOf, types } from './stub-registry.ts';

const docker = 'application/vnd.docker.image.rootfs.diff.tar';
const oci = 'application/vnd.oci.image.layer.v1.tar';

async function tarOf(files: Readonly<Record<string, number>>): Promise<Buffer> {
  const archive = pack();
  for (const [name, bytes] of Object.entries(files)) archive.entry({ name }, Buffer.alloc(bytes, 0x61));
  archive.finalize();
  return buffer(archive);
}

/** Packs in pieces, one after the other, as builders do that let a client fetch single files. */
const inPieces = (tar: Buffer, packPiece: (piece: Buffer) => Buffer) =>
  Buffer.concat(
    Array.from({ length: Math.ceil(tar.length / 1000) }, (_, index) =>
      packPiece(tar.subarray(index * 1000, (index + 1) * 1000)),
    ),
  );

test('files of an image at a real registry are read, however its layers are packed, and each against its digests', async () => {
  const registry = await startRegistry();
  const tars = await Promise.all([
    tarOf({ 'etc/os-release': 10, 'app/big': 5000 }),
    tarOf({ 'app/.wh.big': 0, 'app/one': 100 }),
    tarOf({ 'app/two': 200 }),
    tarOf({ 'app/three': 3000 }),
    tarOf({ 'app/id_rsa': 400 }),
  ]);
  const [a, b, c, d, e] = tars as [Buffer, Buffer, Buffer, Buffer, Buffer];
  const layers = [
    { mediaType: `${oci}+zstd`, bytes: zstdCompressSync(a) },
    { mediaType: `${docker}.zstd`, bytes: zstdCompressSync(b) },
    { mediaType: `${docker}.gzip`, bytes: inPieces(c, gzipSync) },
    { mediaType: `${oci}+zstd`, bytes: inPieces(d, zstdCompressSync) },
    { mediaType: oci, bytes: e },
  ];
  for (const { bytes } of layers) await registry.push('made/here', bytes);
  const config = Buffer.from(
    JSON.stringify({
      ...{ os: 'linux', architecture: 'amd64' },
      rootfs: { type: 'layers', diff_ids: tars.map(digestOf) },
      history: layers.map((_, index) => ({ created_by: `step ${index + 1}` })),
    }),
  );
  await registry.push('made/here', config);
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: types.image,
      config: { mediaType: types.config, digest: digestOf(config), size: config.length },
      layers: layers.map(({ mediaType, bytes }) => ({ mediaType, digest: digestOf(bytes), size: bytes.length })),
    }),
  );
  expect(await registry.tag('made/here', '1', types.image, manifest)).toBe(201);

  const asked = createRegistry({ registries: [`private:${registry.host}`], environment: {} });
  const folder = await temporaryFolder();
  const nowhere = { host: `unix://${folder}/none`, tlsVerify: false, certPath: null };
  const engine = openDemoEngine({ config: nowhere, environment: {}, baseImage: null, dataFolder: folder });
  const looking = createLayers({
    engine: async () => engine,
    registry: async () => asked,
    store: async () => null,
    defaults: defaultSettings,
  });
  const report = await looking.look({
    ...{ image: `${registry.host}/made/here:1`, platform: null, files: true, path: '/app/one' },
    ...{ who: { id: 'terminal' }, where: { id: 'terminal' }, signal: new AbortController().signal },
  });
  expect(report.files?.complete).toBe(true);
  expect(report.sizes).toBe('both');
  expect(report.layers.map(({ unpacked }) => unpacked)).toEqual([5010, 100, 200, 3000, 400]);
  expect(report.hidden).toMatchObject({ stored: 8710, hidden: 5000, live: 3710 });
  expect(report.hidden?.pieces).toMatchObject([
    { path: '/app/big', bytes: 5000, writer: 1, hider: 2, reason: 'deleted' },
  ]);
  expect(report.files?.path?.events).toMatchObject([{ layer: 2, bytes: 100 }]);
  expect(report.files?.secrets).toEqual([{ path: '/app/id_rsa', layer: 5, hidden: false }]);
});
