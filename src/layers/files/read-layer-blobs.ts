import { createPieceCollector } from './collect-pieces.ts';
import { describeFiles } from './describe-files.ts';
import { createEntryTable } from './entry-table.ts';
import { defaultFileLimits, type FileLimits } from './file-limits.ts';
import type { ImageFiles } from './image-files.ts';
import { createLayerReader, type LayerFiles } from './layer-reader.ts';
import type { PlacedLayer } from './placed-layer.ts';

/** A layer at a registry. */
export interface LayerBlob {
  /** As the manifest has it. */
  readonly digest: string;
  /** Bytes as the manifest has them: no more are read. */
  readonly size: number;
  /** As the configuration has it; null where it is silent. */
  readonly diffId: string | null;
  /** Opens the stream of its bytes; null for one that is not to be fetched, as a foreign layer. */
  readonly open: ((signal: AbortSignal | undefined) => Promise<AsyncIterable<Uint8Array>>) | null;
}

/** How to read the layers. */
export interface ReadBlobsOptions {
  readonly limits?: Partial<FileLimits>;
  /** A path of the image whose history is wanted: `files.path` of the result. */
  readonly path?: string;
  readonly signal?: AbortSignal;
}

/**
 * Reads the files of an image layer by layer, one after the other, each digest once. Digests and diff ids are checked;
 * media types are not asked, since the bytes tell how they are packed. Memory as for `readImageArchive`.
 *
 *     const files = await readLayerBlobs(layers, { path: '/usr/bin/node', signal });
 *
 * @param layers lowest first
 * @throws what opening or reading a stream throws, and the signal's reason where it is aborted
 */
export async function readLayerBlobs(
  layers: readonly LayerBlob[],
  options: ReadBlobsOptions = {},
): Promise<ImageFiles> {
  const { signal } = options;
  const limits = { ...defaultFileLimits, ...options.limits };
  const table = createEntryTable(limits);
  const budget = { bytes: limits.unpackedBytes };
  const read = new Map<string, LayerFiles>();
  const placed: PlacedLayer[] = [];
  const collect = createPieceCollector();
  for (const { digest, size, diffId, open } of layers.slice(0, limits.layers)) {
    const known = read.get(digest);
    const files = known ?? (open === null ? null : await readBlob(await open(signal), size));
    if (files !== null) read.set(digest, files);
    placed.push({ files, absent: files === null ? `is stored elsewhere (${size} bytes)` : null, digest, diffId });
  }
  const more = layers.length - placed.length;
  const notes = more > 0 ? [`The image has ${more} more layers than are read here: their files are in no sum.`] : [];
  const files = await describeFiles(table, placed, notes, {
    limits,
    path: options.path ?? null,
    ...(signal && { signal }),
  });
  return more > 0 ? { ...files, complete: false } : files;

  async function readBlob(stream: AsyncIterable<Uint8Array>, size: number): Promise<LayerFiles> {
    const reader = createLayerReader(table, budget);
    let bytes = 0;
    try {
      for await (const chunk of stream) {
        signal?.throwIfAborted();
        bytes += chunk.byteLength;
        if (bytes > size) {
          reader.stop(`it has more bytes than the ${size} that the manifest promises`);
          break;
        }
        await reader.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
        collect(chunk.byteLength);
      }
      return await reader.finish();
    } catch (error) {
      reader.stop('reading was stopped');
      throw error;
    }
  }
}
