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
  /** The first 48 bits of the content's sha256, to tell the same content from another; 0 for all but files. */
  readonly content: number;
  /** Of a hard link the node that it names, 0 for none; of a symbolic one the offset of its target's text. */
  readonly target: number;
}

/** The entries of all layers of an image, in columns: 25 bytes each beside their paths. */
export interface EntryTable {
  readonly paths: PathTable;
  readonly nodes: Uint32Array;
  readonly kinds: Uint8Array;
  readonly sizes: Float64Array;
  readonly contents: Float64Array;
  readonly targets: Uint32Array;
  readonly count: () => number;
  /** @returns false where the table is full */
  readonly add: (entry: LayerEntry) => boolean;
}

/** Makes an empty table. */
export function createEntryTable(limits: FileLimits): EntryTable {
  const nodes = new Uint32Array(limits.entries);
  const kinds = new Uint8Array(limits.entries);
  const sizes = new Float64Array(limits.entries);
  const contents = new Float64Array(limits.entries);
  const targets = new Uint32Array(limits.entries);
  let count = 0;

  function add(entry: LayerEntry): boolean {
    if (count >= limits.entries) return false;
    nodes[count] = entry.node;
    kinds[count] = entry.kind;
    sizes[count] = entry.size;
    contents[count] = entry.content;
    targets[count] = entry.target;
    count++;
    return true;
  }

  return { paths: createPathTable(limits), nodes, kinds, sizes, contents, targets, count: () => count, add };
}
