import { Readable } from 'node:stream';
import { constants, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ImageUnreadable } from '../../../src/layers/files/image-files.ts';
import { type ReadArchiveOptions, readImageArchive } from '../../../src/layers/files/read-image-archive.ts';
import {
  blobItem,
  configOf,
  dockerArchive,
  inPieces,
  ociArchive,
  ociIndex,
  ociManifest,
  sha256,
  type TestLayer,
  testLayer,
} from './saved-image.ts';
import { type TarItem, tarBytes } from './tar-bytes.ts';

const file = (path: string, bytes = 1000): TarItem => ({ path, content: Buffer.alloc(bytes, path) });
const lower = [file('a'), file('b', 100_000)];
const upper = [file('a', 5)];
const expected = { stored: 101_005, live: 100_005, hidden: 1000 };

function read(archive: Buffer, options: ReadArchiveOptions = {}) {
  return readImageArchive(inPieces(archive), options);
}

/** A layer packed in a way of its own. */
function packedAs(tar: Buffer, packed: Buffer, packing: TestLayer['packing']): TestLayer {
  return { tar, packed, packing };
}

describe('reads', () => {
  test('an archive of docker save, and an OCI layout, of pieces of any size', async () => {
    const layers = [testLayer(lower), testLayer(upper)];
    for (const archive of [dockerArchive(layers), ociArchive(layers)]) {
      for (const length of [1, 511, 70_000, archive.length]) {
        const files = await readImageArchive(inPieces(archive, length));
        expect(files).toMatchObject({ complete: true, hidden: expected, notes: [] });
      }
    }
  });

  test.each(['gzip', 'zstd'] as const)('layers packed with %s, as the containerd store keeps them', async (packing) => {
    const layers = [testLayer(lower, packing), testLayer(upper, packing)];
    const files = await read(ociArchive(layers));
    expect(files).toMatchObject({ complete: true, hidden: expected, notes: [] });
    expect(files.layers.map(({ packed }) => packed)).toEqual(layers.map(({ packed }) => packed.length));
    expect(files.layers.map(({ unpacked }) => unpacked)).toEqual(layers.map(({ tar }) => tar.length));
    expect(files.layers.map(({ digest }) => digest)).toEqual(layers.map(({ packed }) => sha256(packed)));
    expect(files.layers.map(({ diffId }) => diffId)).toEqual(layers.map(({ tar }) => sha256(tar)));
  });

  test('gzip of several members', async () => {
    const tar = tarBytes(lower);
    const members = [tar.subarray(0, 700), tar.subarray(700, 50_000), tar.subarray(50_000)].map((part) =>
      gzipSync(part),
    );
    const files = await read(ociArchive([packedAs(tar, Buffer.concat(members), 'gzip'), testLayer(upper)]));
    expect(files).toMatchObject({ complete: true, hidden: expected, notes: [] });
  });

  test('zstd of several frames, with and without sizes and checksums, and frames to skip before and between', async () => {
    const tar = tarBytes([...lower, file('big', 3_000_000)]);
    const skipped = Buffer.alloc(8 + 300);
    skipped.writeUInt32LE(0x184d2a5e);
    skipped.writeUInt32LE(300, 4);
    const params = { [constants.ZSTD_c_contentSizeFlag]: 0, [constants.ZSTD_c_checksumFlag]: 1 };
    const frames = [
      skipped,
      zstdCompressSync(tar.subarray(0, 40_000)),
      zstdCompressSync(tar.subarray(40_000, 90_000), { params }),
      skipped,
      zstdCompressSync(tar.subarray(90_000)),
      zstdCompressSync(Buffer.alloc(0)),
    ];
    const layer = packedAs(tar, Buffer.concat(frames), 'zstd');
    for (const length of [1000, 70_000]) {
      const files = await readImageArchive(inPieces(ociArchive([layer, testLayer(upper)]), length));
      expect(files).toMatchObject({ complete: true, hidden: { stored: 3_101_005, hidden: 1000 }, notes: [] });
    }
  });

  test('a tar without the blocks that end it', async () => {
    const tar = tarBytes(lower, false);
    expect(await read(dockerArchive([packedAs(tar, tar, 'none'), testLayer(upper)]))).toMatchObject({
      complete: true,
      hidden: expected,
    });
  });

  test('a layer that the archive holds once and names by a link, and one that the image has twice', async () => {
    const layer = testLayer(lower);
    const config = configOf([layer, layer, layer]);
    const manifest = [{ Config: 'config.json', RepoTags: null, Layers: ['1/layer.tar', '2/layer.tar', '1/layer.tar'] }];
    const archive = tarBytes([
      { path: '1/layer.tar', content: layer.tar },
      { path: '2/layer.tar', flag: '2', target: '../1/layer.tar' },
      { path: 'config.json', content: config },
      { path: 'manifest.json', content: JSON.stringify(manifest) },
    ]);
    const files = await read(archive);
    expect(files).toMatchObject({ complete: true, hidden: { stored: 303_000, live: 101_000 }, notes: [] });
    expect(files.hidden?.pieces.map(({ writer, hider, reason }) => [writer, hider, reason])).toContainEqual([
      1,
      2,
      'rewritten',
    ]);
  });

  test('an image that is smaller than its manifest', async () => {
    const files = await read(ociArchive([testLayer([file('a', 1)], 'gzip')]));
    expect(files.hidden).toMatchObject({ stored: 1, live: 1 });
  });

  test('an image without layers', async () => {
    expect(await read(ociArchive([]))).toMatchObject({ complete: true, layers: [], hidden: null, notes: [] });
  });
});

describe('finds the image', () => {
  const layers = [testLayer(lower), testLayer(upper)];

  test('by index.json, where manifest.json is missing, foreign or garbled', async () => {
    const { descriptor, items } = ociManifest(layers);
    for (const foreign of ['{"tool":"other"}', '[{"Config":"nowhere.json","Layers":[]}]', '[{]', '[]']) {
      const archive = tarBytes([...items, ...ociIndex([descriptor]), { path: 'manifest.json', content: foreign }]);
      expect(await read(archive)).toMatchObject({ complete: true, hidden: expected });
    }
  });

  test('in an index of an index, past attestations and what is not there', async () => {
    const { descriptor, items } = ociManifest(layers);
    const unknown = { os: 'unknown', architecture: 'unknown' };
    const statement = blobItem('{"config":{"digest":"sha256:0"},"layers":[]}');
    const attestation = { digest: sha256(statement.content ?? ''), platform: unknown };
    const inner = JSON.stringify({ schemaVersion: 2, manifests: [attestation, { digest: sha256('x') }, descriptor] });
    const archive = tarBytes([...items, statement, blobItem(inner), ...ociIndex([{ digest: sha256(inner) }])]);
    expect(await read(archive)).toMatchObject({ complete: true, hidden: expected });
  });

  test('for the platform that is wanted', async () => {
    const arm = ociManifest([testLayer([file('arm', 7)])], 'linux/arm64');
    const amd = ociManifest(layers);
    const archive = tarBytes([...arm.items, ...amd.items, ...ociIndex([arm.descriptor, amd.descriptor])]);
    expect((await read(archive)).hidden).toMatchObject({ stored: 7 });
    expect((await read(archive, { platform: 'linux/amd64' })).hidden).toMatchObject(expected);
    await expect(read(archive, { platform: 'linux/s390x' })).rejects.toThrow('holds no image for linux/s390x');
  });

  test.each([
    ['an archive without an image', tarBytes([{ path: 'a', content: 'text' }])],
    ['nothing', Buffer.alloc(0)],
    ['what is no archive', Buffer.alloc(5000, 'no tar')],
    ['a configuration that was changed', changedConfig()],
    ['more layers than the configuration has', otherCount()],
  ])('refuses %s', async (_, archive) => {
    await expect(read(archive)).rejects.toThrow(ImageUnreadable);
  });

  test('refuses a document that is an index and a manifest at once', async () => {
    const { items } = ociManifest(layers);
    const both = JSON.stringify({ ...JSON.parse(String(items[0]?.content)), manifests: [] });
    await expect(read(tarBytes([...items, blobItem(both), ...ociIndex([{ digest: sha256(both) }])]))).rejects.toThrow(
      ImageUnreadable,
    );
  });

  function changedConfig(): Buffer {
    const archive = dockerArchive(layers);
    archive.write('risc64', archive.indexOf('"amd64"') + 1);
    return archive;
  }

  function otherCount(): Buffer {
    const config = configOf(layers);
    const manifest = [{ Config: 'config.json', Layers: ['1.tar'] }];
    const documents = [
      { path: 'config.json', content: config },
      { path: 'manifest.json', content: JSON.stringify(manifest) },
    ];
    return tarBytes([{ path: '1.tar', content: tarBytes(lower) }, ...documents]);
  }
});

describe('says what is wrong with a layer, and counts the rest', () => {
  test('one that is stored elsewhere', async () => {
    const layer = testLayer(lower);
    const config = configOf([layer]);
    const mediaType = 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip';
    const foreign = { mediaType, digest: sha256('x'), size: 4711, urls: ['https://example.org/x'] };
    const manifest = JSON.stringify({ config: { digest: sha256(config) }, layers: [foreign] });
    const archive = tarBytes([blobItem(config), blobItem(manifest), ...ociIndex([{ digest: sha256(manifest) }])]);
    const files = await read(archive);
    expect(files).toMatchObject({ complete: false, hidden: null });
    expect(files.notes).toEqual([
      'Layer 1 is stored elsewhere, not in the archive (4711 bytes): its files are in no sum.',
    ]);
  });

  test('one that is not what its digest says', async () => {
    const layers = [testLayer(lower), testLayer(upper)];
    const archive = dockerArchive(layers);
    archive.write('Z', archive.indexOf('bbbbbbbb'));
    const files = await read(archive);
    expect(files).toMatchObject({ complete: false, hidden: expected });
    expect(files.notes[0]).toMatch(/^Layer 1 is not what the image's manifest promises/);
  });

  test.each([
    ['gzip cut off', (packed: Buffer) => packed.subarray(0, packed.length - 20), 'gzip'],
    ['gzip with something behind it', (packed: Buffer) => Buffer.concat([packed, Buffer.from('xyz')]), 'gzip'],
    ['zstd cut off', (packed: Buffer) => packed.subarray(0, packed.length - 2), 'zstd'],
    ['zstd with something behind it', (packed: Buffer) => Buffer.concat([packed, Buffer.from('wxyz')]), 'zstd'],
  ] as const)('%s', async (_, damage, packing) => {
    const good = testLayer(lower, packing);
    const files = await read(ociArchive([packedAs(good.tar, damage(good.packed), packing), testLayer(upper)]));
    expect(files.complete).toBe(false);
    expect(files.notes[0]).toMatch(/^Layer 1 was not read whole: .*(?:unpacked|breaks off|which is none|what is none)/);
  });

  test('one packed in a way that nobody uses', async () => {
    const tar = tarBytes(lower);
    const files = await read(dockerArchive([packedAs(tar, Buffer.from('BZh91AY&SY and so on'), 'none')]));
    expect(files.notes[0]).toBe(
      'Layer 1 was not read whole: it is packed with bzip2, which is not read here. Sums have what was read of it.',
    );
  });

  test('an archive that is cut off', async () => {
    const archive = dockerArchive([testLayer(lower), testLayer(upper)]);
    await expect(read(archive.subarray(0, 60_000))).rejects.toThrow(/holds no image.*was not read whole/s);
    const layout = ociArchive([testLayer(lower), testLayer(upper)]);
    const files = await read(layout.subarray(0, layout.length - 1530));
    expect(files).toMatchObject({
      hidden: expected,
      notes: ['The archive was not read whole: the archive breaks off.'],
    });
  });

  test('more bytes, entries or layers than are read of one image', async () => {
    const zeros = testLayer([{ path: 'zeros', content: Buffer.alloc(5_000_000) }], 'gzip');
    const bomb = await read(ociArchive([zeros]), { limits: { unpackedBytes: 1_000_000 } });
    expect(bomb.notes[0]).toMatch(/the image unpacks to more than is read here/);
    const many = testLayer(Array.from({ length: 50 }, (_, index) => file(`f${index}`, 10)));
    const full = await read(dockerArchive([many]), { limits: { entries: 20 } });
    expect(full).toMatchObject({ complete: false, hidden: { stored: 200 } });
    expect(full.notes[0]).toBe('Layer 1 has 30 entries (300 bytes) beyond what is read of one image: in no sum.');
    const paths = await read(dockerArchive([many]), { limits: { paths: 20 } });
    expect(paths.notes[0]).toMatch(/^Layer 1 has 31 entries/);
    await expect(read(dockerArchive([many, many]), { limits: { layers: 1 } })).rejects.toThrow('more than 1 layers');
  });
});

test('ends when it is aborted, and lets go of the stream', async () => {
  const archive = dockerArchive([testLayer([file('big', 4_000_000)])]);
  const controller = new AbortController();
  const stream = Readable.from(
    (async function* () {
      yield archive.subarray(0, 100_000);
      controller.abort(new Error('enough'));
      yield archive.subarray(100_000);
    })(),
  );
  await expect(readImageArchive(stream, { signal: controller.signal })).rejects.toThrow('enough');
  expect(stream.destroyed).toBe(true);
});
