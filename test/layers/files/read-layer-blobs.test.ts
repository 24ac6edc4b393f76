import { expect, test } from 'vitest';
import { type LayerBlob, readLayerBlobs } from '../../../src/layers/files/read-layer-blobs.ts';
import { inPieces, sha256, type TestLayer, testLayer } from './saved-image.ts';

const lower = testLayer([{ path: 'a', content: 'a'.repeat(1000) }], 'gzip');
const upper = testLayer([{ path: '.wh.a' }, { path: 'b', content: 'b'.repeat(10) }], 'zstd');

function blob({ packed, tar }: TestLayer, more: Partial<LayerBlob> = {}): LayerBlob {
  const open = async () => inPieces(packed, 20);
  return { digest: sha256(packed), size: packed.length, diffId: sha256(tar), open, ...more };
}

test('layers of a registry are read one after the other, each digest once', async () => {
  let opened = 0;
  const counted = blob(lower, {
    open: async () => {
      opened++;
      return inPieces(lower.packed);
    },
  });
  const files = await readLayerBlobs([counted, blob(upper), counted], { path: '/a' });
  expect(files).toMatchObject({ complete: true, hidden: { stored: 2010, live: 1010, hidden: 1000 }, notes: [] });
  expect(files.path).toMatchObject({ kind: 'file', layer: 3, events: [{ layer: 1 }, { layer: 2 }, { layer: 3 }] });
  expect(opened).toBe(1);
});

test('a foreign layer is not fetched, and the rest is shown', async () => {
  const files = await readLayerBlobs([blob(lower, { open: null, size: 4711 }), blob(upper)]);
  expect(files).toMatchObject({ complete: false, hidden: { stored: 10, hidden: 0 } });
  expect(files.notes).toEqual(['Layer 1 is stored elsewhere (4711 bytes): its files are in no sum.']);
});

test('a layer that is not what its digest or its diff id says is told, and one that is longer than promised', async () => {
  const cases: [Partial<LayerBlob>, RegExp][] = [
    [{ digest: sha256('other') }, /^Layer 1 is not what the image's manifest promises/],
    [{ diffId: sha256('other') }, /^Layer 1 is not what the image's manifest promises/],
    [{ size: 60 }, /^Layer 1 was not read whole: it has more bytes than the 60 that the manifest promises/],
  ];
  for (const [wrong, note] of cases) {
    const files = await readLayerBlobs([blob(lower, wrong), blob(upper)]);
    expect(files.complete).toBe(false);
    expect(files.notes[0]).toMatch(note);
  }
});

test('a digest that cannot be checked is told', async () => {
  const files = await readLayerBlobs([blob(lower, { digest: 'sha512:abc' })]);
  expect(files.notes).toEqual(['Layer 1 has a digest of another kind than sha256, which was not checked.']);
});

test('more layers than are read of one image are told', async () => {
  const files = await readLayerBlobs([blob(lower), blob(upper)], { limits: { layers: 1 } });
  expect(files).toMatchObject({ complete: false, hidden: { stored: 1000 } });
  expect(files.notes).toEqual(['The image has 1 more layers than are read here: their files are in no sum.']);
});

test('what the connection throws comes through', async () => {
  const open = async () => {
    throw new Error('cut');
  };
  await expect(readLayerBlobs([blob(lower, { open })])).rejects.toThrow('cut');
});
