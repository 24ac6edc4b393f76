import type { DiveFigures } from './dive-figures.ts';
import type { HiddenPiece } from './stack.ts';

/** What is stored and what of it shows; hidden = stored − live, score = live / stored (1 for an image without files). */
export interface HiddenBytes {
  readonly stored: number;
  readonly live: number;
  readonly hidden: number;
  readonly score: number;
  /** The largest first. With `rest`, the pieces too small to be listed, they sum up to `hidden`. */
  readonly pieces: readonly HiddenPiece[];
  readonly rest: { readonly count: number; readonly bytes: number };
}

/** What one layer did to the files of those below, and what it weighs in each way of counting. */
export interface FileLayer {
  /** From 1, the lowest first. */
  readonly layer: number;
  /** Paths, directories left out. */
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** Bytes of its files; those of them that are hidden in the end; bytes of any layer that it hid. Each adds up. */
  readonly stored: number;
  readonly hidden: number;
  readonly hides: number;
  /** As an engine with overlay2 counts: each file once, and symbolic links with the length of their targets. */
  readonly contents: number;
  /** Bytes of its archive as it came (compressed or not) and unpacked; null where it was not there. */
  readonly packed: number | null;
  readonly unpacked: number | null;
  /** What was computed from the bytes, `sha256:…`; null where it was not there, or not read to its end. */
  readonly digest: string | null;
  readonly diffId: string | null;
}

/** What one layer did at a path, or below it. */
export interface PathEvent {
  readonly layer: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** Bytes of files that it stored there. */
  readonly bytes: number;
  /** Whether the path itself came with this layer, or went with it. */
  readonly itself: 'came' | 'went' | null;
}

/** Which layers brought a path, changed it, took it away. */
export interface PathHistory {
  /** Where symbolic links of the image lead. */
  readonly path: string;
  readonly kind: 'file' | 'directory' | 'symlink' | 'other' | 'absent';
  /** The layer whose content shows there; null for a directory and where nothing is. */
  readonly layer: number | null;
  readonly bytes: number;
  readonly events: readonly PathEvent[];
}

/** What reading the files of an image's layers tells. */
export interface ImageFiles {
  /** Whether every layer was read whole and is what its digests say; if not, the notes tell what the sums lack. */
  readonly complete: boolean;
  /** Null where no layer could be read at all. */
  readonly hidden: HiddenBytes | null;
  readonly layers: readonly FileLayer[];
  /** The largest files that show, the largest first. */
  readonly largest: readonly { readonly path: string; readonly bytes: number; readonly layer: number }[];
  /** Files whose names look like secrets, also where a later layer hides them; their content was not looked at. */
  readonly secrets: readonly { readonly path: string; readonly layer: number; readonly hidden: boolean }[];
  readonly dive: DiveFigures;
  /** Null where no path was asked for. */
  readonly path: PathHistory | null;
  /** Sentences that a reader must know to read the rest right. */
  readonly notes: readonly string[];
}

/** Why an image's files cannot be told at all. */
export class ImageUnreadable extends Error {
  override readonly name = 'ImageUnreadable';
  readonly code = 'image-unreadable';
}
