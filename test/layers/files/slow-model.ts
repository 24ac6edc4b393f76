import { posix } from 'node:path';
import type { TarItem } from './tar-bytes.ts';

/** What the model found. */
export interface ModelSums {
  readonly stored: number;
  readonly live: number;
  readonly contents: readonly number[];
  readonly changes: readonly { readonly added: number; readonly changed: number; readonly removed: number }[];
}

interface Data {
  readonly bytes: number;
  readonly isFile: boolean;
  readonly layer: number;
}

/** What is at a path: a directory, or data that other paths may show too; null is a hard link that leads nowhere. */
type Tree = Map<string, 'directory' | Data | null>;

/**
 * Stacks layers of any entries in memory, path by path with nothing clever, for what no disk would take: every rule in
 * its plainest form, and no code of the reader's.
 */
export function modelLayers(layers: readonly (readonly TarItem[])[]): ModelSums {
  const tree: Tree = new Map();
  let stored = 0;
  const contents: number[] = [];
  const changes: { added: number; changed: number; removed: number }[] = [];
  for (const [layer, items] of layers.entries()) {
    const before = namesIn(tree);
    const touched = new Set<string>();
    const named = items.map((item) => ({ item, path: pathOf(item) }));
    const own = new Set(named.map(({ path }) => path));
    for (const { path } of named) hide(tree, path, own);
    for (const { item, path } of named) {
      if (path === '/' || posix.basename(path).startsWith('.wh.')) continue;
      const data = put(tree, item, path, layer, touched);
      if (data?.isFile) stored += data.bytes;
    }
    contents.push(sum([...distinct(tree)].filter((data) => data.layer === layer)));
    const after = namesIn(tree);
    changes.push({
      added: [...after].filter((path) => !before.has(path)).length,
      changed: [...after].filter((path) => before.has(path) && touched.has(path)).length,
      removed: [...before].filter((path) => !after.has(path)).length,
    });
  }
  return { stored, live: sum([...distinct(tree)].filter(({ isFile }) => isFile)), contents, changes };
}

function pathOf(item: TarItem): string {
  return posix.join('/', item.pax?.path ?? item.path).replace(/(.)\/$/, '$1');
}

function hide(tree: Tree, path: string, own: ReadonlySet<string>): void {
  const name = posix.basename(path);
  const folder = posix.dirname(path);
  if (name === '.wh..wh..opq') {
    if (folder === '/' || tree.get(folder) === 'directory') removeBelow(tree, folder);
  } else if (name.startsWith('.wh.')) {
    const hidden = posix.join(folder, name.slice('.wh.'.length));
    if (own.has(hidden) && tree.get(hidden) !== 'directory') return;
    removeBelow(tree, hidden);
    tree.delete(hidden);
  }
}

function put(tree: Tree, item: TarItem, path: string, layer: number, touched: Set<string>): Data | null {
  for (let folder = posix.dirname(path); folder !== '/'; folder = posix.dirname(folder)) tree.set(folder, 'directory');
  if (item.flag === '5') {
    tree.set(path, 'directory');
    return null;
  }
  if (item.flag === '1') {
    const found = tree.get(posix.join('/', item.target ?? ''));
    const linked = found === 'directory' || found === undefined ? null : found;
    if (linked !== null && linked === tree.get(path)) return null;
    removeBelow(tree, path);
    tree.set(path, linked);
    touched.add(path);
    return null;
  }
  const isFile = (item.flag ?? '0') === '0';
  const bytes =
    item.flag === '2' ? Buffer.byteLength(item.target ?? '') : isFile ? Buffer.byteLength(item.content ?? '') : 0;
  const data = { bytes, isFile, layer };
  removeBelow(tree, path);
  tree.set(path, data);
  touched.add(path);
  return data;
}

function removeBelow(tree: Tree, path: string): void {
  const prefix = path === '/' ? '/' : `${path}/`;
  for (const other of [...tree.keys()]) if (other.startsWith(prefix)) tree.delete(other);
}

function namesIn(tree: Tree): Set<string> {
  return new Set([...tree].filter(([, what]) => what !== 'directory').map(([path]) => path));
}

function distinct(tree: Tree): Set<Data> {
  return new Set([...tree.values()].filter((what) => what !== 'directory' && what !== null));
}

function sum(all: readonly Data[]): number {
  return all.reduce((total, { bytes }) => total + bytes, 0);
}
