import { isDeepStrictEqual } from 'node:util';
import { type ImageFiles, ImageUnreadable } from '../../../src/layers/files/image-files.ts';
import { readImageArchive } from '../../../src/layers/files/read-image-archive.ts';
import { readLayerBlobs } from '../../../src/layers/files/read-layer-blobs.ts';
import { hasChecksum } from '../../../src/layers/files/tar-header.ts';
import { type Dice, dice, generatedLayers } from './generated-image.ts';
import { dockerArchive, inPieces, ociArchive, packLayer, sha256, type TestLayer } from './saved-image.ts';
import { modelLayers } from './slow-model.ts';
import { paxRecord, type TarItem, tarBytes, tarHeader, withChecksum } from './tar-bytes.ts';

/** Small, so that rounds also reach the caps. */
const limits = { entries: 3000, paths: 3000, nameBytes: 200_000, unpackedBytes: 20_000_000, listed: 10, layers: 40 };

/**
 * One round of the fuzzer: makes an archive from a seed, spoils it or fills it with what no builder writes, and reads it.
 * @returns what was wrong with the reader, or null
 */
export async function fuzzRound(seed: number): Promise<string | null> {
  const roll = dice(seed);
  try {
    return await (roll(3) === 0 ? wildRound(roll) : spoiledRound(roll));
  } catch (error) {
    if (error instanceof ImageUnreadable) return null;
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

/** Layers of any entries in any order, whole: the sums must be those of the model. */
async function wildRound(roll: Dice): Promise<string | null> {
  const items = Array.from({ length: 1 + roll(5) }, () => Array.from({ length: roll(25) }, () => wildItem(roll)));
  const layers = items.map((entries) => packed(roll, tarBytes(entries, roll(4) > 0)));
  const files = await readImageArchive(inPieces(archiveOf(roll, layers), pieceLength(roll)), {
    limits,
    path: wildPath(roll),
  });
  const wrong = whatIsWrong(files);
  if (wrong !== null || !files.complete) return wrong ?? `not complete: ${files.notes.join(' ')}`;
  const model = modelLayers(items);
  const found = {
    stored: files.hidden?.stored ?? 0,
    live: files.hidden?.live ?? 0,
    contents: files.layers.map(({ contents }) => contents),
    changes: files.layers.map(({ added, changed, removed }) => ({ added, changed, removed })),
  };
  return isDeepStrictEqual(found, model) ? null : `sums ${JSON.stringify(found)} instead of ${JSON.stringify(model)}`;
}

/** A good archive, spoiled: it is refused, or a note says what is wrong, or the sums are those of the good one. */
async function spoiledRound(roll: Dice): Promise<string | null> {
  const items = generatedLayers(roll(40));
  const layers = items.map((entries) => packed(roll, tarBytes(entries)));
  const inner = roll(3) === 0;
  const read = (spoilt: boolean) => (roll(4) === 0 ? readBlobs(spoilt) : readArchive(spoilt));
  const files = await read(true);
  const wrong = whatIsWrong(files);
  if (wrong !== null || inner || !files.complete || files.notes.length > 0) return wrong;
  const model = modelLayers(items);
  const same = files.hidden?.stored === model.stored && files.hidden.live === model.live;
  return same ? null : `without a note: ${JSON.stringify(files.hidden)} instead of ${JSON.stringify(model)}`;

  function readArchive(spoilt: boolean): Promise<ImageFiles> {
    const hostile = inner ? layers.map(({ tar }) => packed(roll, spoil(roll, tar))) : layers;
    const archive = archiveOf(roll, hostile);
    return readImageArchive(inPieces(spoilt && !inner ? spoil(roll, archive) : archive, pieceLength(roll)), { limits });
  }

  function readBlobs(spoilt: boolean): Promise<ImageFiles> {
    const blobs = layers.map(({ packed: bytes, tar }) => {
      const own = inner ? packed(roll, spoil(roll, tar)) : { packed: bytes, tar };
      const sent = spoilt && !inner ? spoil(roll, own.packed) : own.packed;
      const open = async () => inPieces(sent, pieceLength(roll));
      return { digest: sha256(own.packed), size: own.packed.length, diffId: sha256(own.tar), open };
    });
    return readLayerBlobs(blobs, { limits });
  }
}

function packed(roll: Dice, tar: Buffer): TestLayer {
  return packLayer(tar, (['none', 'none', 'gzip', 'zstd'] as const)[roll(4)] ?? 'none');
}

function archiveOf(roll: Dice, layers: readonly TestLayer[]): Buffer {
  return roll(2) === 0 ? dockerArchive(layers) : ociArchive(layers);
}

function pieceLength(roll: Dice): number {
  return [100, 512, 5000, 65_536][roll(4)] ?? 512;
}

const wildNames = ['a', 'b', 'c', 'dir', '.wh', 'ü', 'x y', 'stargz.index.json', '.env'];
const wildFlags = ['0', '0', '0', '0', '1', '1', '2', '3', '5', '5', '6', '\0'];

function wildPath(roll: Dice): string {
  return Array.from({ length: 1 + roll(3) }, () => wildNames[roll(wildNames.length)]).join('/');
}

export function wildItem(roll: Dice): TarItem {
  const prefix = ['', '', '', './', '/', 'q/../', './/'][roll(7)] ?? '';
  const path = `${prefix}${wildPath(roll)}`;
  if (roll(6) === 0) return { path: path.replace(/([^/]+)$/, '.wh.$1') };
  if (roll(10) === 0) return { path: `${path}/.wh..wh..opq` };
  const flag = wildFlags[roll(wildFlags.length)] ?? '0';
  if (flag === '1' || flag === '2') return { path, flag, target: wildPath(roll), size: roll(2) * 100 };
  if (flag !== '0' && flag !== '\0')
    return { path: flag === '5' && roll(2) === 0 ? `${path}/` : path, flag, size: roll(2) };
  const content = Buffer.alloc(roll(4) === 0 ? roll(3000) : roll(3), 'x');
  return roll(6) === 0 ? { path: 'short', content, pax: { path } } : { path, content };
}

function spoil(roll: Dice, bytes: Buffer): Buffer {
  let spoilt = Buffer.from(bytes);
  for (let times = 1 + roll(4); times > 0; times--) {
    spoilt = (spoils[roll(spoils.length)] ?? cut)(roll, spoilt);
  }
  return spoilt;
}

type Spoil = (roll: Dice, bytes: Buffer) => Buffer<ArrayBuffer>;

const place = (roll: Dice, bytes: Buffer) => (bytes.length === 0 ? 0 : roll(bytes.length));
const block = (roll: Dice, bytes: Buffer) => Math.floor(place(roll, bytes) / 512) * 512;

const flip: Spoil = (roll, bytes) => {
  const copy = Buffer.from(bytes);
  for (let times = 1 + roll(8); times > 0; times--) copy[place(roll, copy)] = roll(256);
  return copy;
};
const cut: Spoil = (roll, bytes) => Buffer.from(bytes.subarray(0, place(roll, bytes)));
const remove: Spoil = (roll, bytes) => {
  const from = block(roll, bytes);
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + 512 * (1 + roll(5)))]);
};
const repeat: Spoil = (roll, bytes) => {
  const from = block(roll, bytes);
  const part = bytes.subarray(from, from + 512 * (1 + roll(20)));
  const to = block(roll, bytes);
  return Buffer.concat([bytes.subarray(0, to), part, bytes.subarray(to)]);
};
const insert: Spoil = (roll, bytes) => {
  const at = block(roll, bytes);
  return Buffer.concat([bytes.subarray(0, at), hostilePart(roll), bytes.subarray(at)]);
};

/** Changes a field of a header and makes its checksum right again, so that the reader goes on. */
const lie: Spoil = (roll, bytes) => {
  const copy = Buffer.from(bytes);
  for (let tries = 0; tries < 20; tries++) {
    const from = block(roll, copy);
    const header = copy.subarray(from, from + 512);
    if (!hasChecksum(header)) continue;
    const field = roll(5);
    if (field === 0) header.write(roll(2) === 0 ? roll(1_000_000).toString(8).padStart(11, '0') : '77777777777', 124);
    if (field === 1) header.write('01234567xgLKSVMDN\0'[roll(18)] ?? '0', 156, 'latin1');
    if (field === 2) header.write(['../', '/..', '.wh.', '//', '\0'][roll(5)] ?? '', roll(90), 'latin1');
    if (field === 3) header[roll(500)] = roll(256);
    if (field === 4) header.fill(0xff, 124, 124 + roll(12));
    withChecksum(header);
    return copy;
  }
  return copy;
};

/** Changes a document where it says something. */
const misstate: Spoil = (roll, bytes) => {
  const words = ['sha256:', 'Layers', 'layers', 'diff_ids', 'digest', 'Config', 'blobs', '[', '{', '"', 'rootfs'];
  const others = ['null', '[[[[[[', '{"a":', '1e999', '-1', '""', '\\u0000', 'sha512:', '../../etc', '__proto__'];
  const copy = Buffer.from(bytes);
  const at = copy.indexOf(words[roll(words.length)] ?? '{', place(roll, copy));
  if (at !== -1) copy.write(others[roll(others.length)] ?? '', at);
  return copy;
};

const spoils: readonly Spoil[] = [flip, flip, cut, remove, repeat, insert, insert, lie, lie, lie, misstate, misstate];

function hostilePart(roll: Dice): Buffer {
  switch (roll(9)) {
    case 0:
      return tarBytes([{ path: `${'../'.repeat(1 + roll(30))}etc/passwd`, content: 'x' }], false);
    case 1:
      return tarBytes([{ path: `${'d/'.repeat(roll(3000))}x`, content: 'x' }], false);
    case 2:
      return Buffer.concat(Array.from({ length: roll(200) }, () => tarHeader({ path: 'x', flag: 'L', size: 0 })));
    case 3:
      return tarBytes([{ path: 'x', pax: { size: String(roll(2) * 2 ** 52), path: 'p'.repeat(roll(5000)) } }], false);
    case 4: {
      const records = Buffer.concat([paxRecord('path', 'y'), Buffer.from('99999 path=')]);
      return tarBytes([{ path: 'x', flag: 'x', content: records }], false);
    }
    case 5:
      return tarBytes([{ path: 'x', flag: 'S', patch: { 482: Buffer.from([1]), 483: '77777777777\0' } }], false);
    case 6:
      return tarBytes(
        [{ path: 'a/.wh..wh..opq' }, { path: '.wh..' }, { path: '.wh.a/b' }, { path: '.wh..wh.plnk/1' }],
        false,
      );
    case 7:
      return Buffer.alloc(512 * (1 + roll(3)));
    default:
      return tarBytes(
        Array.from({ length: roll(60) }, () => wildItem(roll)),
        false,
      );
  }
}

/** What can never be in a result, whatever was read. */
function whatIsWrong({ hidden, layers, dive, largest, complete, notes }: ImageFiles): string | null {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const stored = hidden?.stored ?? 0;
  const gone = hidden?.hidden ?? 0;
  const rules: readonly [string, boolean][] = [
    ['hidden is not stored without live', gone === stored - (hidden?.live ?? 0) && gone >= 0 && gone <= stored],
    ['pieces do not add up', sum(hidden?.pieces.map(({ bytes }) => bytes) ?? []) + (hidden?.rest.bytes ?? 0) === gone],
    ['layers do not add up', sum(layers.map((layer) => layer.stored)) === stored],
    ['what layers lose does not add up', sum(layers.map((layer) => layer.hidden)) === gone],
    ['what layers hide does not add up', sum(layers.map((layer) => layer.hides)) === gone],
    ['a layer loses more than it has', layers.every((layer) => layer.hidden <= layer.stored)],
    [
      'a count is below zero',
      layers.every((layer) => Math.min(layer.added, layer.changed, layer.removed, layer.contents) >= 0),
    ],
    ['a score is none', [hidden?.score ?? 1, dive.score].every((score) => score >= 0 && score <= 1)],
    ['more shows than is live', sum(largest.map(({ bytes }) => bytes)) <= (hidden?.live ?? 0)],
    ['nothing says what is missing', complete || notes.length > 0],
  ];
  return rules.find(([, holds]) => !holds)?.[0] ?? null;
}
