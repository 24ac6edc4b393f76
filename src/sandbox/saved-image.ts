import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { z } from 'zod';
import { digestOf } from './layer-archive.ts';
import type { SavedLayer } from './sandbox.ts';

const smallFileBytes = 4096;

/** The file of an archive that names each image's layers, in the classic and in the OCI layout alike. */
const manifestSchema = z.array(z.object({ Layers: z.array(z.string()) })).min(1);

/** An image as `docker save` wrote it, with its layers' bytes. */
export interface SavedImage {
  readonly archive: Buffer;
  readonly bytes: number;
  readonly layers: readonly (SavedLayer & { readonly tar: Buffer })[];
}

/**
 * Reads the archive of one image.
 * @param stream what `docker save` returns
 * @throws Error if the archive has no manifest or lacks a layer
 */
export async function readSavedImage(stream: NodeJS.ReadableStream): Promise<SavedImage> {
  const archive = await buffer(stream);
  const files = await readArchive(archive);
  const manifest = manifestSchema.parse(JSON.parse(files.get('manifest.json')?.toString('utf8') ?? 'null'));
  const layers = await Promise.all(
    (manifest[0]?.Layers ?? []).map(async (path) => {
      const packed = files.get(path);
      if (!packed) throw new Error(`The saved image lacks its layer ${path}`);
      const tar = packed[0] === 0x1f && packed[1] === 0x8b ? gunzipSync(packed) : packed;
      const content = await readArchive(tar);
      const texts = [...content].filter(([, bytes]) => bytes.length > 0 && bytes.length <= smallFileBytes);
      return {
        digest: digestOf(tar),
        paths: [...content.keys()],
        texts: Object.fromEntries(texts.map(([name, bytes]) => [name, bytes.toString('utf8')])),
        tar,
      };
    }),
  );
  return { archive, bytes: archive.length, layers };
}

/** Every item of a tar archive by its path, without a leading `./` or a trailing slash; directories are empty. */
async function readArchive(archive: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const reader = extract();
  reader.end(archive);
  for await (const entry of reader) {
    files.set(entry.header.name.replace(/^\.?\//, '').replace(/\/$/, ''), await buffer(entry));
  }
  return files;
}
