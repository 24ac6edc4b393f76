import { link, lstat, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { TarItem } from './tar-bytes.ts';

/** What a slow reading of an image found. */
export interface SlowSums {
  readonly stored: number;
  readonly live: number;
  /** For each layer what its own files take, as overlay2 counts. */
  readonly contents: readonly number[];
}

/**
 * Unpacks an image to disk, layer by layer, and counts what is there: the slow way, which shares no code with the reader.
 * @param layers entries, with names that stay in the folder
 * @param folder an empty folder
 */
export async function unpackToDisk(layers: readonly (readonly TarItem[])[], folder: string): Promise<SlowSums> {
  const root = join(folder, 'all');
  await mkdir(root);
  let stored = 0;
  const contents: number[] = [];
  for (const [index, items] of layers.entries()) {
    const own = join(folder, `layer-${index}`);
    await mkdir(own);
    for (const item of items) await hide(root, item.path);
    for (const item of items) {
      if (basename(item.path).startsWith('.wh.')) continue;
      if ((item.flag ?? '0') === '0') stored += Buffer.byteLength(item.content ?? '');
      await put(root, item);
      await put(own, item);
    }
    contents.push((await sizes(own)).all);
  }
  return { stored, live: (await sizes(root)).files, contents };
}

async function hide(root: string, path: string): Promise<void> {
  const name = basename(path);
  const parent = join(root, dirname(path));
  if (name === '.wh..wh..opq') {
    for (const child of await readdir(parent).catch(() => [])) await rm(join(parent, child), { recursive: true });
  } else if (name.startsWith('.wh.')) await rm(join(parent, name.slice(4)), { recursive: true, force: true });
}

async function put(root: string, item: TarItem): Promise<void> {
  const path = join(root, item.path).replace(/\/$/, '');
  const there = await lstat(path).catch(() => null);
  if (item.flag === '5') {
    if (there && !there.isDirectory()) await rm(path);
    await mkdir(path, { recursive: true });
    return;
  }
  if (there) await rm(path, { recursive: true });
  await mkdir(dirname(path), { recursive: true });
  if (item.flag === '1') await link(join(root, item.target ?? ''), path);
  else if (item.flag === '2') await symlink(item.target ?? '', path);
  else await writeFile(path, item.content ?? '');
}

/** Sums up each inode once: regular files, and all but directories. */
async function sizes(folder: string): Promise<{ files: number; all: number }> {
  const seen = new Set<number>();
  let files = 0;
  let all = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const facts = await lstat(join(entry.parentPath, entry.name));
    if (facts.isDirectory() || seen.has(facts.ino)) continue;
    seen.add(facts.ino);
    all += facts.size;
    if (facts.isFile()) files += facts.size;
  }
  return { files, all };
}
