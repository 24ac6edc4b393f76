import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import type { FileSpec, LayerSpec } from './sandbox.ts';

/** An uncompressed layer and its digest. */
export interface Layer {
  readonly tar: Buffer;
  /** `sha256:…` of the tar: the layer's diff id. */
  readonly digest: string;
}

/** A directory entry, link or file of an archive. */
export type ArchiveItem =
  | { readonly type: 'directory'; readonly path: string; readonly mode?: number; readonly owner?: number }
  | { readonly type: 'symlink'; readonly path: string; readonly target: string }
  | {
      readonly type: 'file';
      readonly path: string;
      readonly content: Buffer;
      readonly mode?: number;
      readonly owner?: number;
    };

/** The time of every item, so that the same content gives the same digest on every machine. */
const epoch = new Date(0);

/** `sha256:` and the hexadecimal digest of the bytes. */
export function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** Writes a tar archive of the items, in their order. */
export async function writeArchive(items: readonly ArchiveItem[]): Promise<Buffer> {
  const archive = pack();
  for (const item of items) addItem(archive, item);
  archive.finalize();
  return buffer(archive);
}

function addItem(archive: ReturnType<typeof pack>, item: ArchiveItem): void {
  const common = { name: item.path.replace(/^\//, ''), mtime: epoch };
  if (item.type === 'symlink') archive.entry({ ...common, type: 'symlink', linkname: item.target, mode: 0o777 });
  else {
    const owner = { uid: item.owner ?? 0, gid: item.owner ?? 0 };
    if (item.type === 'directory') archive.entry({ ...common, ...owner, type: 'directory', mode: item.mode ?? 0o755 });
    else archive.entry({ ...common, ...owner, mode: item.mode ?? 0o644 }, item.content);
  }
}

/** Makes a layer of the given items. */
export async function makeLayer(items: readonly ArchiveItem[]): Promise<Layer> {
  const tar = await writeArchive(items);
  return { tar, digest: digestOf(tar) };
}

/**
 * Makes the layer of an instruction: its files, its deletions as whiteouts, and the parent directories of both.
 * Whiteouts: https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts
 * @param directories directories of the image below with their owner, so that a file added to one keeps it
 * @returns null for an instruction that changes no files
 */
export async function layerOf(spec: LayerSpec, directories: ReadonlyMap<string, number>): Promise<Layer | null> {
  const files = Object.entries(spec.files ?? {});
  const whiteouts = (spec.deletes ?? []).map((path) => posix.join(posix.dirname(path), `.wh.${posix.basename(path)}`));
  if (files.length === 0 && whiteouts.length === 0) return null;
  const parents = new Set([...files.map(([path]) => path), ...whiteouts].flatMap(parentsOf));
  return makeLayer([
    ...[...parents]
      .sort()
      .map((path) => ({ type: 'directory' as const, path, owner: spec.owners?.[path] ?? directories.get(path) ?? 0 })),
    ...files.map(([path, file]) => toItem(path, file)),
    ...whiteouts.map((path) => ({ type: 'file' as const, path, content: Buffer.alloc(0) })),
  ]);
}

function toItem(path: string, file: FileSpec): ArchiveItem {
  const content = file.text === undefined ? filler(file.size ?? 0) : Buffer.from(file.text);
  return { type: 'file', path, content, mode: file.mode ?? 0o644, owner: file.owner ?? 0 };
}

/** Bytes that do not compress away, the same on every run. */
function filler(size: number): Buffer {
  const block = createHash('sha512').update('dockproof').digest();
  const bytes = Buffer.alloc(size);
  for (let offset = 0; offset < size; offset += block.length) {
    block.copy(bytes, offset);
    if (offset + 4 <= size) bytes.writeUInt32LE(offset, offset);
  }
  return bytes;
}

function parentsOf(path: string): string[] {
  const parent = posix.dirname(path);
  return parent === '/' || parent === '.' ? [] : [...parentsOf(parent), parent];
}
