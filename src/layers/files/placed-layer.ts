import type { LayerFiles } from './layer-reader.ts';

/** A layer of an image, as it was promised and as it was read. */
export interface PlacedLayer {
  /** Null where it was not there. */
  readonly files: LayerFiles | null;
  /** Why it was not there, as the end of a sentence; null if it was. */
  readonly absent: string | null;
  /** What manifest and configuration promise; null where they are silent. */
  readonly digest: string | null;
  readonly diffId: string | null;
}
