import type { HiddenReason } from '../hidden-reason.ts';
import type { LiveTree } from './live-tree.ts';

/** Bytes that one layer stores and one hides. */
export interface HiddenPiece {
  /** The file, or for `directory-removed` the directory that went. */
  readonly path: string;
  /** How many files it is. */
  readonly files: number;
  readonly bytes: number;
  /** Layers by their numbers, from 1. */
  readonly writer: number;
  readonly hider: number;
  readonly reason: HiddenReason;
}

/** How many paths a layer added, changed and removed; directories do not count. */
export interface ChangeCounts {
  added: number;
  changed: number;
  removed: number;
}

/** What one layer stores. Sums over layers are those of the image. */
export interface StackedLayer {
  readonly changes: ChangeCounts;
  /** Bytes of the files that it stores. */
  stored: number;
  /** Those of them that are hidden in the end, and bytes of any layer that it hid. */
  hidden: number;
  hides: number;
  /** What the files of this layer alone take as overlay2 counts: each once, symbolic links with their targets' length. */
  contents: number;
  /** What it did at and below the watched path, the bytes that it stored there, and what stands there after it. */
  readonly watched: ChangeCounts & { bytes: number; kind: number };
}

/** An image's layers, one on the other. */
export interface Stack {
  readonly layers: readonly StackedLayer[];
  readonly stored: number;
  readonly live: number;
  readonly pieces: readonly HiddenPiece[];
  /** The pieces that are too small to be listed. */
  readonly rest: { readonly count: number; readonly bytes: number };
  readonly largest: readonly { readonly path: string; readonly bytes: number; readonly layer: number }[];
  /** Hard links that name nothing, and entries below what is a symbolic link. */
  readonly brokenLinks: number;
  readonly belowLinks: number;
  /** Whether there were more entries than are counted here. */
  readonly full: boolean;
  readonly tree: LiveTree;
  /** The layer whose data a path shows; 0 for none. */
  readonly writerOf: (node: number) => number;
  /** The offset and length of a symbolic link's target. */
  readonly targetOf: (node: number) => { readonly offset: number; readonly length: number };
  readonly bytesOf: (node: number) => number;
  /** Whether an entry's path shows data of another layer or nothing. */
  readonly isHidden: (node: number, layer: number) => boolean;
}

/** A layer of which nothing is counted yet. */
export function newLayer(): StackedLayer {
  return {
    changes: { added: 0, changed: 0, removed: 0 },
    stored: 0,
    hidden: 0,
    hides: 0,
    contents: 0,
    watched: { added: 0, changed: 0, removed: 0, bytes: 0, kind: 0 },
  };
}
