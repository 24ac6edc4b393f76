import type { HiddenReason } from '../hidden-reason.ts';
import { add, at } from './column.ts';
import { createChangeCounter } from './count-changes.ts';
import { type EntryTable, entryKind } from './entry-table.ts';
import { createLargestList } from './largest-list.ts';
import type { LayerFiles } from './layer-reader.ts';
import { createLiveTree } from './live-tree.ts';
import { type PathTable, rootNode } from './path-table.ts';
import { type HiddenPiece, newLayer, type Stack } from './stack.ts';

/** Entries that are counted in any case, however few the archive holds and however often a layer comes: 10 MB. */
const repeatedEntries = 1_000_000;

/** So many steps between two looks at the clock. */
const stepsPerTurn = 2000;

/**
 * Puts the layers of an image one on the other by the rules of OCI
 * (https://github.com/opencontainers/image-spec/blob/main/layer.md#applying-changesets): first a layer's markers, wherever
 * they stand, hide what is below; then its entries come. stored = the sizes of all files of all layers; live = those that
 * a path shows in the end, each once however many hard links name it; hidden = stored − live, exactly the sum of pieces.
 * Yields now and then. Takes about 60 bytes a path and 14 an entry while it runs.
 * @param layers lowest first; null for one whose files are not known
 * @param watch the node whose history is wanted; 0 for none
 */
export function* stackLayers(
  table: EntryTable,
  layers: readonly (Pick<LayerFiles, 'first' | 'end'> | null)[],
  listed: number,
  watch: number,
): Generator<void, Stack, undefined> {
  const { paths } = table;
  const columns = table.columns();
  const nodes = paths.last() + 1;
  const tree = createLiveTree(paths, entryKind.directory);
  const entries = layers.reduce((sum, layer) => sum + (layer === null ? 0 : layer.end - layer.first), 0);
  // A layer may come several times, and data of each counts; far more than the table holds is no image that was built.
  const capacity = Math.min(entries, Math.max(table.count() * 2, repeatedEntries));
  const dataOf = new Uint32Array(nodes);
  const dataEntry = new Uint32Array(capacity + 1);
  const dataWriter = new Uint16Array(capacity + 1);
  const dataNames = new Uint32Array(capacity + 1);
  const counter = createChangeCounter(paths, nodes, watch);
  const { isWatched } = counter;
  const ownLayers = new Uint16Array(nodes);
  const pieces = createLargestList<Omit<HiddenPiece, 'path'> & { readonly node: number }>(listed);
  const result = layers.map(() => newLayer());
  let lastData = 0;
  let stored = 0;
  let live = 0;
  let brokenLinks = 0;
  let belowLinks = 0;
  let steps = 0;
  let layer = 0;

  const current = () => result[layer - 1] ?? newLayer();
  const kindOfData = (data: number) => at(columns.kinds, at(dataEntry, data));
  const sizeOfData = (data: number) => at(columns.sizes, at(dataEntry, data));
  const mark = (node: number, now: 'put' | 'taken', wasThere: boolean) =>
    counter.mark(node, now, wasThere, layer, current());
  const isFile = (data: number) => data !== 0 && kindOfData(data) === entryKind.file;

  /** Gives up a name of data. @returns the data where that was its last name and it is a file's; 0 otherwise */
  function release(data: number): number {
    if (data === 0) return 0;
    dataNames[data] = at(dataNames, data) - 1;
    if (at(dataNames, data) > 0) return 0;
    if (at(dataWriter, data) === layer) current().contents -= sizeOfData(data);
    return isFile(data) ? data : 0;
  }

  function hide(node: number, data: number, files: number, bytes: number, reason: HiddenReason): void {
    const writer = at(dataWriter, data);
    live -= bytes;
    const written = result[writer - 1];
    if (written) written.hidden += bytes;
    current().hides += bytes;
    if (bytes > 0) pieces.add({ node, files, bytes, writer, hider: layer, reason });
  }

  /** Takes away one path that is no directory. */
  function take(node: number, reason: HiddenReason): void {
    const data = at(dataOf, node);
    dataOf[node] = 0;
    tree.unset(node);
    mark(node, 'taken', true);
    const gone = release(data);
    if (gone !== 0) hide(at(columns.nodes, at(dataEntry, gone)), gone, 1, sizeOfData(gone), reason);
  }

  /** Takes away what is below a directory, and itself if told to; bytes are summed up by their writers. */
  function* takeBelow(top: number, withItself: boolean): Generator<void, void, undefined> {
    const byWriter = new Map<number, { data: number; files: number; bytes: number }>();
    const path: number[] = [top];
    for (let node = path.at(-1); node !== undefined; node = path.at(-1)) {
      if (++steps % stepsPerTurn === 0) yield;
      const child = tree.firstChild(node);
      if (child !== 0) {
        path.push(child);
        continue;
      }
      path.pop();
      if (node === top && !withItself) break;
      if (tree.kindOf(node) !== entryKind.directory) {
        mark(node, 'taken', true);
        const gone = release(at(dataOf, node));
        if (gone !== 0) {
          const sum = byWriter.get(at(dataWriter, gone)) ?? { data: gone, files: 0, bytes: 0 };
          byWriter.set(at(dataWriter, gone), sum);
          sum.files++;
          sum.bytes += sizeOfData(gone);
        }
        dataOf[node] = 0;
      }
      tree.unset(node);
    }
    for (const { data, files, bytes } of byWriter.values()) hide(top, data, files, bytes, 'directory-removed');
  }

  /** Makes the directories above a path; engines put one over whatever is in the way. */
  function makeFolders(node: number): void {
    const missing: number[] = [];
    let parent = paths.parentOf(node);
    while (tree.kindOf(parent) !== entryKind.directory) {
      missing.push(parent);
      parent = paths.parentOf(parent);
    }
    for (const folder of missing.reverse()) {
      if (tree.kindOf(folder) === entryKind.symlink) belowLinks++;
      if (tree.kindOf(folder) !== 0) take(folder, 'replaced');
      tree.set(folder, entryKind.directory);
    }
  }

  function newData(entry: number): number {
    lastData++;
    dataEntry[lastData] = entry;
    dataWriter[lastData] = layer;
    if (isFile(lastData)) {
      stored += sizeOfData(lastData);
      live += sizeOfData(lastData);
      current().stored += sizeOfData(lastData);
      if (isWatched(at(columns.nodes, entry))) current().watched.bytes += sizeOfData(lastData);
    }
    current().contents += sizeOfData(lastData);
    return lastData;
  }

  function* put(entry: number): Generator<void, void, undefined> {
    const node = at(columns.nodes, entry);
    const kind = at(columns.kinds, entry);
    makeFolders(node);
    const before = tree.kindOf(node);
    if (kind === entryKind.directory) {
      if (before === entryKind.directory) return;
      if (before !== 0) take(node, 'replaced');
      return tree.set(node, kind);
    }
    const target = at(columns.targets, entry);
    const linked = kind === entryKind.link ? at(dataOf, target) : newData(entry);
    if (linked === 0) brokenLinks++;
    // A file that names itself stays what it is.
    if (linked !== 0 && linked === at(dataOf, node)) return;
    add(dataNames, linked, 1);
    if (before === entryKind.directory) yield* takeBelow(node, true);
    const old = at(dataOf, node);
    dataOf[node] = linked;
    tree.set(node, linked === 0 ? entryKind.device : kindOfData(linked));
    mark(node, 'put', before !== 0 && before !== entryKind.directory);
    const gone = release(old);
    if (gone !== 0) hide(at(columns.nodes, at(dataEntry, gone)), gone, 1, sizeOfData(gone), reasonOf(gone, linked));
  }

  function reasonOf(gone: number, by: number): HiddenReason {
    if (!isFile(by) || sizeOfData(gone) !== sizeOfData(by)) return 'replaced';
    const same = at(columns.checksums, at(dataEntry, gone)) === at(columns.checksums, at(dataEntry, by));
    return same ? 'rewritten' : 'replaced';
  }

  function* applyMarkers(first: number, end: number): Generator<void, void, undefined> {
    for (let entry = first; entry < end; entry++) {
      if (at(columns.kinds, entry) < entryKind.whiteout) ownLayers[at(columns.nodes, entry)] = layer;
    }
    for (let entry = first; entry < end; entry++) {
      if (++steps % stepsPerTurn === 0) yield;
      const node = at(columns.nodes, entry);
      const isFolder = tree.kindOf(node) === entryKind.directory;
      if (at(columns.kinds, entry) === entryKind.opaque && isFolder) yield* takeBelow(node, false);
      if (at(columns.kinds, entry) !== entryKind.whiteout || tree.kindOf(node) === 0) continue;
      if (isFolder) yield* takeBelow(node, true);
      // What the layer itself puts there again was replaced, not deleted.
      else if (at(ownLayers, node) !== layer) take(node, 'deleted');
    }
  }

  for (const [index, files] of layers.entries()) {
    layer = index + 1;
    if (files !== null) {
      yield* applyMarkers(files.first, files.end);
      for (let entry = files.first; entry < files.end && lastData < capacity; entry++) {
        if (++steps % stepsPerTurn === 0) yield;
        if (at(columns.kinds, entry) < entryKind.whiteout) yield* put(entry);
      }
    }
    current().watched.kind = tree.kindOf(watch);
  }

  const largest = createLargestList<{ node: number; bytes: number; layer: number }>(listed);
  const named = new Uint8Array(capacity + 1);
  for (let node = rootNode; node < nodes; node++) {
    if (++steps % stepsPerTurn === 0) yield;
    const data = at(dataOf, node);
    if (!isFile(data) || named[data] === 1 || isLandmark(paths, node)) continue;
    named[data] = 1;
    largest.add({ node, bytes: sizeOfData(data), layer: at(dataWriter, data) });
  }
  return {
    layers: result,
    stored,
    live,
    pieces: pieces.items().map(({ node, ...piece }) => ({ path: paths.pathOf(node), ...piece })),
    rest: pieces.rest(),
    largest: largest.items().map(({ node, ...file }) => ({ path: paths.pathOf(node), ...file })),
    brokenLinks,
    belowLinks,
    full: entries > capacity,
    tree,
    writerOf: (node) => at(dataWriter, at(dataOf, node)),
    targetOf: (node) => {
      const entry = at(dataEntry, at(dataOf, node));
      return { offset: at(columns.targets, entry), length: at(columns.sizes, entry) };
    },
    bytesOf: (node) => (isFile(at(dataOf, node)) ? sizeOfData(at(dataOf, node)) : 0),
    isHidden: (node, writer) => at(dataWriter, at(dataOf, node)) !== writer,
  };
}

/** What eStargz adds to the root of each layer for itself; it is stored, but no file of the image to anybody. */
const landmarks = new Set(['stargz.index.json', '.prefetch.landmark', '.no.prefetch.landmark']);

function isLandmark(paths: PathTable, node: number): boolean {
  return paths.parentOf(node) === rootNode && landmarks.has(paths.nameOf(node));
}
