import { basename } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { z } from 'zod';
import { AnswerUnreadable, readAnswer, readJson, readText } from './engine-answer.ts';
import { digestOf } from './layer-archive.ts';
import type { SavedLayer } from './sandbox.ts';

const smallFileBytes = 4096;

/** The file of an archive that names each image's layers, in the classic and in the OCI layout alike. */
const manifestSchema = z.array(z.object({ Config: z.string(), Layers: z.array(z.string()) })).min(1);

/** The image's configuration, which names each layer by its digest. */
const configSchema = z.object({ rootfs: z.object({ diff_ids: z.array(z.string()) }) });

/** An image as `docker save` wrote it, with its layers' bytes. */
export interface SavedImage {
  readonly archive: Buffer;
  readonly bytes: number;
  readonly layers: readonly (SavedLayer & { readonly tar: Buffer })[];
}

/**
 * Reads the archive of one image. Its parts name one another by their digests, so what came garbled shows.
 * @param stream what `docker save` returns
 * @throws AnswerUnreadable if the archive is not whole
 */
export async function readSavedImage(stream: NodeJS.ReadableStream): Promise<SavedImage> {
  const archive = await buffer(stream);
  const files = await readArchive(archive);
  const [manifest] = readAnswer(manifestSchema, readJson(readText(part(files, 'manifest.json'))));
  const config = part(files, manifest?.Config ?? '');
  if (!digestOf(config).endsWith(basename(manifest?.Config ?? '', '.json'))) throw garbled();
  const { diff_ids: digests } = readAnswer(configSchema, readJson(readText(config))).rootfs;
  const layers = await Promise.all(
    (manifest?.Layers ?? []).map(async (path, index) => {
      const tar = unpacked(part(files, path));
      if (digestOf(tar) !== digests[index]) throw garbled();
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

function part(files: ReadonlyMap<string, Buffer>, path: string): Buffer {
  const found = files.get(path);
  if (found) return found;
  throw new AnswerUnreadable(`a saved image lacks its part ${path}`);
}

function unpacked(packed: Buffer): Buffer {
  if (packed[0] !== 0x1f || packed[1] !== 0x8b) return packed;
  try {
    return gunzipSync(packed);
  } catch (cause) {
    throw new AnswerUnreadable('a saved image came garbled', { cause });
  }
}

function garbled(): AnswerUnreadable {
  return new AnswerUnreadable('a saved image came garbled');
}

/** Every item of a tar archive by its path, without a leading `./` or a trailing slash; directories are empty. */
async function readArchive(archive: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  const reader = extract();
  reader.end(archive);
  try {
    for await (const entry of reader) {
      files.set(entry.header.name.replace(/^\.?\//, '').replace(/\/$/, ''), await buffer(entry));
    }
  } catch (cause) {
    throw new AnswerUnreadable('an archive broke off, or came garbled', { cause });
  }
  return files;
}
