import { add, at } from './column.ts';
import { type EntryTable, entryKind } from './entry-table.ts';
import type { LayerFiles } from './layer-reader.ts';
import { createLiveTree } from './live-tree.ts';
import { rootNode } from './path-table.ts';

/** The two figures of dive (https://github.com/wagoodman/dive), for whoever compares. */
export interface DiveFigures {
  readonly score: number;
  readonly wastedBytes: number;
}

/** So many steps between two looks at the clock. */
const stepsPerTurn = 2000;

/**
 * Counts as dive 0.13 counts, its faults included: for each path the sizes of all its entries that are leaves of their
 * layer, where a whiteout counts as an entry of what it hides: with 0 bytes, or with all that is below in the layers
 * stacked so far if the layers have an entry for it as a directory. score = the smallest of each path / all of each path;
 * wasted = all of each path with two entries or more. A hard link has no bytes, an opaque marker hides nothing, and a
 * whiteout of nothing ends the count of its layer, in the order of names. Takes about 45 bytes a path while it runs.
 * @param layers lowest first; null for one whose files are not known
 */
export function* diveFigures(
  table: EntryTable,
  layers: readonly (Pick<LayerFiles, 'first' | 'end'> | null)[],
): Generator<void, DiveFigures, undefined> {
  const { paths } = table;
  const columns = table.columns();
  const nodes = paths.last() + 1;
  const tree = createLiveTree(paths, entryKind.directory);
  const sizes = new Float64Array(nodes);
  const folders = new Uint8Array(nodes);
  const sums = new Float64Array(nodes);
  const smallest = new Float64Array(nodes);
  const counts = new Uint16Array(nodes);
  const parentMarks = new Uint16Array(nodes);
  const lastEntries = new Uint32Array(nodes);
  const lastMarks = new Uint16Array(nodes);
  let steps = 0;
  let layer = 0;

  const isWhiteout = (entry: number) => at(columns.kinds, entry) === entryKind.whiteout;
  const sizeOf = (entry: number) => (at(columns.kinds, entry) === entryKind.file ? at(columns.sizes, entry) : 0);

  function* each(files: Pick<LayerFiles, 'first' | 'end'>): Generator<number | null, void, undefined> {
    for (let entry = files.first; entry < files.end; entry++) {
      if (++steps % stepsPerTurn === 0) yield null;
      yield entry;
    }
  }

  function* sizeBelow(top: number): Generator<void, number, undefined> {
    let sum = 0;
    const open = [top];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (++steps % stepsPerTurn === 0) yield;
      sum += at(sizes, node);
      for (let child = tree.firstChild(node); child !== 0; child = tree.next(child)) open.push(child);
    }
    return sum;
  }

  function* remove(top: number): Generator<void, void, undefined> {
    const open = [top];
    for (let node = open.at(-1); node !== undefined; node = open.at(-1)) {
      if (++steps % stepsPerTurn === 0) yield;
      const child = tree.firstChild(node);
      if (child !== 0) open.push(child);
      else {
        open.pop();
        tree.unset(node);
        sizes[node] = 0;
        folders[node] = 0;
      }
    }
  }

  function put(entry: number): void {
    const node = at(columns.nodes, entry);
    const missing: number[] = [];
    for (let parent = paths.parentOf(node); tree.kindOf(parent) === 0; parent = paths.parentOf(parent)) {
      missing.push(parent);
    }
    for (const parent of missing.reverse()) tree.set(parent, entryKind.directory);
    if (node !== rootNode) tree.set(node, entryKind.directory);
    if (at(columns.kinds, entry) === entryKind.opaque) return;
    sizes[node] = sizeOf(entry);
    folders[node] = at(columns.kinds, entry) === entryKind.directory ? 1 : 0;
  }

  function contribute(node: number, bytes: number): void {
    add(sums, node, bytes);
    smallest[node] = at(counts, node) === 0 ? bytes : Math.min(at(smallest, node), bytes);
    add(counts, node, 1);
  }

  /** Whether dive visits an entry: the last of its path, with nothing of its layer below it. */
  function isLeaf(entry: number): boolean {
    const node = at(columns.nodes, entry);
    if (isWhiteout(entry)) return true;
    return at(lastEntries, node) === entry && at(parentMarks, node) !== layer;
  }

  for (const [index, files] of layers.entries()) {
    layer = index + 1;
    if (files === null) continue;
    for (const entry of each(files)) {
      if (entry === null) yield;
      else {
        const node = at(columns.nodes, entry);
        for (let up = paths.parentOf(node); up > rootNode && at(parentMarks, up) !== layer; up = paths.parentOf(up)) {
          parentMarks[up] = layer;
        }
        if (isWhiteout(entry)) continue;
        lastEntries[node] = entry;
        lastMarks[node] = layer;
      }
    }
    const isThere = (node: number) => tree.kindOf(node) !== 0 || (layer === 1 && at(lastMarks, node) === layer);
    let end: number | null = null;
    for (const entry of each(files)) {
      if (entry === null) yield;
      else if (isWhiteout(entry) && !isThere(at(columns.nodes, entry)) && (end === null || comesBefore(entry, end))) {
        end = entry;
      }
    }
    for (const entry of each(files)) {
      if (entry === null) yield;
      else if (isLeaf(entry) && (end === null || comesBefore(entry, end))) {
        const node = at(columns.nodes, entry);
        contribute(node, isWhiteout(entry) ? (at(folders, node) === 1 ? yield* sizeBelow(node) : 0) : sizeOf(entry));
      }
    }
    for (const entry of each(files)) {
      if (entry === null) yield;
      else if (isWhiteout(entry) && tree.kindOf(at(columns.nodes, entry)) !== 0)
        yield* remove(at(columns.nodes, entry));
    }
    for (const entry of each(files)) {
      if (entry === null) yield;
      else if (!isWhiteout(entry)) put(entry);
    }
  }

  /** Whether dive comes to one entry before another: directory by directory, in the order of names. */
  function comesBefore(entry: number, other: number): boolean {
    const names = namesOf(entry);
    const others = namesOf(other);
    const different = names.findIndex((name, index) => name !== others[index]);
    return different !== -1 && (names[different] ?? '') < (others[different] ?? '');
  }

  function namesOf(entry: number): string[] {
    const node = at(columns.nodes, entry);
    const names = [`${isWhiteout(entry) ? '.wh.' : ''}${paths.nameOf(node)}`];
    for (let up = paths.parentOf(node); up > rootNode; up = paths.parentOf(up)) names.unshift(paths.nameOf(up));
    return names;
  }

  let all = 0;
  let needed = 0;
  let wastedBytes = 0;
  for (let node = rootNode; node < nodes; node++) {
    if (++steps % stepsPerTurn === 0) yield;
    all += at(sums, node);
    needed += at(smallest, node);
    if (at(counts, node) > 1) wastedBytes += at(sums, node);
  }
  return { score: all === 0 ? 1 : needed / all, wastedBytes };
}
