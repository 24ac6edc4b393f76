import { longer } from './column.ts';
import type { FileLimits } from './file-limits.ts';
import { createPathTable, type PathTable } from './path-table.ts';

/** What an entry of a layer does. */
export const entryKind = { file: 1, directory: 2, symlink: 3, link: 4, device: 5, whiteout: 6, opaque: 7 } as const;

/** One entry of a layer. */
export interface LayerEntry {
  /** What it makes or, for a whiteout, hides; for an opaque marker the directory that it empties. */
  readonly node: number;
  readonly kind: number;
  /** Bytes of a file, or of a symbolic link's target. */
  readonly size: number;
  /**
   * CRC-32 of a file's content, 0 for all else: files of one path and size with the same are taken for the same content.
   * It only decides by which word a hidden file is told of; each layer as a whole is checked by its sha256.
   */
  readonly checksum: number;
  /** Of a hard link the node that it names, 0 for none; of a symbolic one the offset of its target's text. */
  readonly target: number;
}

/** A number of each entry, by its place in the table. */
export interface EntryColumns {
  readonly nodes: Uint32Array;
  readonly kinds: Uint8Array;
  readonly sizes: Float64Array;
  readonly checksums: Uint32Array;
  readonly targets: Uint32Array;
}

/** The entries of all layers of an image, in columns: 21 bytes each beside their paths. */
export interface EntryTable {
  readonly paths: PathTable;
  /** The columns as they are now; adding an entry may put others in their place. */
  readonly columns: () => EntryColumns;
  readonly count: () => number;
  /** @returns false where the table is full */
  readonly add: (entry: LayerEntry) => boolean;
}

/** What a table has room for at first. */
const firstEntries = 1024;

/** Makes an empty table, which grows as it is filled. */
export function createEntryTable(limits: FileLimits): EntryTable {
  const length = Math.min(firstEntries, limits.entries);
  let nodes = new Uint32Array(length);
  let kinds = new Uint8Array(length);
  let sizes = new Float64Array(length);
  let checksums = new Uint32Array(length);
  let targets = new Uint32Array(length);
  let count = 0;

  function grow(): void {
    nodes = longer(nodes, limits.entries);
    kinds = longer(kinds, limits.entries);
    sizes = longer(sizes, limits.entries);
    checksums = longer(checksums, limits.entries);
    targets = longer(targets, limits.entries);
  }

  function add(entry: LayerEntry): boolean {
    if (count >= limits.entries) return false;
    if (count === nodes.length) grow();
    nodes[count] = entry.node;
    kinds[count] = entry.kind;
    sizes[count] = entry.size;
    checksums[count] = entry.checksum;
    targets[count] = entry.target;
    count++;
    return true;
  }

  const columns = () => ({ nodes, kinds, sizes, checksums, targets });
  return { paths: createPathTable(limits), columns, count: () => count, add };
}
