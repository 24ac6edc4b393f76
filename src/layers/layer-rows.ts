import type { LayerReport, LayerRow, LayerTotals } from './layer-report.ts';
import type { Paired, PairedLine } from './pair-history.ts';

/** A layer as its image names it, the lowest first. */
export interface LayerFacts {
  readonly digest: string | null;
  readonly diffId: string | null;
  readonly compressed: number | null;
  readonly unpacked: number | null;
}

/**
 * Makes the rows of a report.
 * @param baseLayers how many of the lowest layers the base image has; null where nothing proves it
 */
export function layerRows(
  { lines }: Paired,
  layers: readonly LayerFacts[],
  baseLayers: number | null,
): readonly LayerRow[] {
  const lastOfBase = baseLayers === null ? -1 : lines.findLastIndex((line) => isBelow(line, baseLayers));
  return lines.map(({ instruction, created, layer }, index) => {
    const facts = layer === null ? undefined : layers[layer];
    return {
      number: layer === null ? null : layer + 1,
      digest: facts?.digest ?? null,
      diffId: facts?.diffId ?? null,
      instruction: instruction?.text ?? null,
      compressed: facts?.compressed ?? null,
      unpacked: facts?.unpacked ?? null,
      empty: layer === null,
      created: readTime(created),
      base: baseOf(index, layer, baseLayers, lastOfBase),
    };
  });
}

/** Instructions without a layer behind the last layer of the base may be of either: nothing tells. */
function baseOf(index: number, layer: number | null, baseLayers: number | null, lastOfBase: number): boolean | null {
  if (baseLayers === null) return null;
  if (layer !== null) return layer < baseLayers;
  return index < lastOfBase ? true : null;
}

function isBelow({ layer }: PairedLine, baseLayers: number): boolean {
  return layer !== null && layer < baseLayers;
}

/** Years before this one are what builders write who want the same image each time. */
const firstYear = 2000;

/** A time as builders write it; null for none, and for the beginning of time, which reproducible builds write. */
export function readTime(written: string | null): string | null {
  if (written === null) return null;
  const time = new Date(written);
  if (Number.isNaN(time.getTime()) || time.getUTCFullYear() < firstYear) return null;
  return time.toISOString();
}

/** Sums up rows. A sum is null where a layer's size is not known. */
export function totalsOf(rows: readonly LayerRow[]): LayerTotals {
  const layers = rows.filter(({ empty }) => !empty);
  const base = layers.filter((row) => row.base === true);
  const compressed = sum(layers.map((row) => row.compressed));
  const unpacked = sum(layers.map((row) => row.unpacked));
  const sizes = base.map((row) => (unpacked === null ? row.compressed : row.unpacked));
  return { layers: layers.length, compressed, unpacked, base: base.length === 0 ? null : sum(sizes) };
}

/** Which kinds of size the sums have. */
export function sizesOf({ compressed, unpacked }: LayerTotals): LayerReport['sizes'] {
  if (compressed !== null && unpacked !== null) return 'both';
  return compressed !== null ? 'compressed' : 'unpacked';
}

function sum(sizes: readonly (number | null)[]): number | null {
  let total = 0;
  for (const size of sizes) {
    if (size === null) return null;
    total += size;
  }
  return total;
}
