import type { HiddenBytes, ImageFiles } from './files/image-files.ts';

/** Where a report's facts come from. */
export type LayerSource = 'engine' | 'registry';

/** One line of an image's history, with the layer that it made. */
export interface LayerRow {
  /** Layers are counted from 1, the lowest first; null for an instruction that made none. */
  readonly number: number | null;
  /** Of the packed layer, as a registry has it; null where nobody tells. */
  readonly digest: string | null;
  /** Of the unpacked layer. */
  readonly diffId: string | null;
  /** As a person wrote it, without values that look like secrets; null where the history says nothing. */
  readonly instruction: string | null;
  /** Bytes as a registry stores them; null where nobody tells. */
  readonly compressed: number | null;
  /** Bytes as the engine counts them after unpacking; null where nobody tells. */
  readonly unpacked: number | null;
  /** Whether it made no layer. */
  readonly empty: boolean;
  /** ISO 8601; null where the history has no time, or none that makes sense. */
  readonly created: string | null;
  /** Whether it belongs to the base image; null where nothing proves it either way. */
  readonly base: boolean | null;
}

/** Sums over all layers. */
export interface LayerTotals {
  readonly layers: number;
  readonly compressed: number | null;
  readonly unpacked: number | null;
  /** Bytes of the base image's layers, in the kind that the report has; null where no base is proven. */
  readonly base: number | null;
}

/** What reading the layers' files tells beside hidden bytes. */
export type FileFacts = Omit<ImageFiles, 'hidden' | 'notes'>;

/** A remark that leads to an entry, and to its demo. */
export interface LayerAdvice {
  readonly entry: string;
  readonly demo: string | null;
  readonly text: string;
  /** How much it is about; null where it is not about size. */
  readonly bytes: number | null;
}

/** What is in an image, layer by layer. */
export interface LayerReport {
  /** As it was asked for, in full. */
  readonly image: string;
  /** For example `linux/arm64/v8`; null where nobody tells. */
  readonly platform: string | null;
  /** Of the manifest at a registry; of the image, its id, at an engine. */
  readonly digest: string;
  readonly source: LayerSource;
  /** Which kinds of size the rows have. */
  readonly sizes: 'compressed' | 'unpacked' | 'both';
  readonly layers: readonly LayerRow[];
  readonly totals: LayerTotals;
  /** Null where no files were read. */
  readonly hidden: HiddenBytes | null;
  readonly files: FileFacts | null;
  readonly advice: readonly LayerAdvice[];
  /** What a reader must know to read the rest right. */
  readonly notes: readonly string[];
}
