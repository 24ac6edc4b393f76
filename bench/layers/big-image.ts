import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sha256 } from '../../test/layers/files/saved-image.ts';
import { tarBytes, tarHeader } from '../../test/layers/files/tar-bytes.ts';

/** An image to make for a bench. */
export interface BigImage {
  readonly name: string;
  readonly bytes: number;
  readonly layers: number;
  readonly fileBytes: number;
}

const blockBytes = 512;
const filler = Buffer.alloc(1024 * 1024, createHash('sha512').update('filler').digest());

/** Loads an image of files that are added, replaced and removed into the engine, without a file in between. */
export async function loadBigImage(image: BigImage): Promise<void> {
  const facts = Array.from({ length: image.layers }, (_, layer) => measure(image, layer));
  const loading = spawn('docker', ['load', '--quiet'], { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = once(loading, 'close');
  await pipeline(Readable.from(archive(image, facts)), loading.stdin);
  const [code] = await ended;
  if (code !== 0) throw new Error(`docker load ended with ${code}`);
}

function measure(image: BigImage, layer: number): { readonly bytes: number; readonly diffId: string } {
  const hash = createHash('sha256');
  let bytes = 0;
  for (const piece of layerPieces(image, layer)) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { bytes, diffId: `sha256:${hash.digest('hex')}` };
}

function* archive(image: BigImage, facts: readonly { bytes: number; diffId: string }[]): Generator<Buffer> {
  const history = facts.map((_, layer) => ({ created: '2026-01-01T00:00:00Z', created_by: `layer ${layer + 1}` }));
  const rootfs = { type: 'layers', diff_ids: facts.map(({ diffId }) => diffId) };
  const config = JSON.stringify({ architecture: 'amd64', os: 'linux', config: {}, rootfs, history });
  const configName = `${sha256(config).slice('sha256:'.length)}.json`;
  for (const [layer, { bytes }] of facts.entries()) {
    yield tarHeader({ path: `${layer}.tar`, size: bytes });
    yield* layerPieces(image, layer);
  }
  const Layers = facts.map((_, layer) => `${layer}.tar`);
  const manifest = JSON.stringify([{ Config: configName, RepoTags: [image.name], Layers }]);
  yield tarBytes([
    { path: configName, content: config },
    { path: 'manifest.json', content: manifest },
  ]);
}

/** The tar of one layer: files of two sizes in thirty folders, a fifth of them again in the next layers, a folder removed. */
function* layerPieces(image: BigImage, layer: number): Generator<Buffer> {
  const files = Math.max(1, Math.floor(image.bytes / image.layers / image.fileBytes));
  for (let index = 0; index < files; index++) {
    const own = index % 5 === 0 ? '' : `-${layer}`;
    const size = Math.floor(index % 2 === 0 ? image.fileBytes / 2 : image.fileBytes * 1.5);
    yield tarHeader({ path: `opt/part-${layer % 7}/folder-${index % 30}/file-${index}${own}`, size });
    yield Buffer.from(`${layer} ${index}`.padEnd(Math.min(size, 64)));
    for (let left = size - Math.min(size, 64); left > 0; left -= filler.length) yield filler.subarray(0, left);
    yield Buffer.alloc((blockBytes - (size % blockBytes)) % blockBytes);
  }
  if (layer % 10 === 9) yield tarHeader({ path: `opt/part-${(layer - 5) % 7}/.wh.folder-3` });
  yield Buffer.alloc(2 * blockBytes);
}
