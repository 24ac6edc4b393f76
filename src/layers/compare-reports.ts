import type { LayerReport, LayerRow } from './layer-report.ts';

/** Two images side by side. */
export interface LayerComparison {
  readonly a: LayerReport;
  readonly b: LayerReport;
  /** Layers that both have, whatever their place: an engine stores them once. */
  readonly shared: { readonly layers: number; readonly bytes: number | null };
  /** What B needs beside what A has. */
  readonly onTop: { readonly layers: number; readonly bytes: number | null };
  /** What A has and B does not. */
  readonly gone: { readonly layers: number; readonly bytes: number | null };
  /** The kind of the sizes; null where the two have none in common. */
  readonly sizes: 'compressed' | 'unpacked' | null;
  /** Lines of B's history that A's does not have, and the other way round, in order. */
  readonly changed: readonly { readonly side: 'a' | 'b'; readonly row: LayerRow }[];
}

/** Compares two images by the layers that they store, and by their histories. */
export function compareReports(a: LayerReport, b: LayerReport): LayerComparison {
  const sizes = kindOf(a, b);
  const [inA, inB] = [layersOf(a), layersOf(b)];
  const same = inB.filter((row) => inA.some((other) => isSame(row, other)));
  const more = inB.filter((row) => !same.includes(row));
  const gone = inA.filter((row) => !inB.some((other) => isSame(row, other)));
  const sum = (rows: readonly LayerRow[]) => ({ layers: rows.length, bytes: bytesOf(rows, sizes) });
  return { a, b, shared: sum(same), onTop: sum(more), gone: sum(gone), sizes, changed: changesOf(a.layers, b.layers) };
}

function kindOf(a: LayerReport, b: LayerReport): LayerComparison['sizes'] {
  const has = (kind: 'unpacked' | 'compressed') => [a, b].every(({ totals }) => totals[kind] !== null);
  return has('unpacked') ? 'unpacked' : has('compressed') ? 'compressed' : null;
}

function layersOf({ layers }: LayerReport): LayerRow[] {
  return layers.filter(({ empty }) => !empty);
}

/** The diff id is of the content; the digest also of how it was packed. */
function isSame(a: LayerRow, b: LayerRow): boolean {
  if (a.diffId !== null && b.diffId !== null) return a.diffId === b.diffId;
  return a.digest !== null && a.digest === b.digest;
}

function bytesOf(rows: readonly LayerRow[], sizes: LayerComparison['sizes']): number | null {
  if (sizes === null) return null;
  let sum = 0;
  for (const { [sizes]: bytes } of rows) {
    if (bytes === null) return null;
    sum += bytes;
  }
  return sum;
}

/** What stands between the lines that both begin with, and those that both end with. */
function changesOf(a: readonly LayerRow[], b: readonly LayerRow[]): LayerComparison['changed'] {
  const same = (one: LayerRow | undefined, other: LayerRow | undefined) =>
    one !== undefined &&
    other !== undefined &&
    one.instruction === other.instruction &&
    (one.empty ? other.empty : isSame(one, other));
  let begin = 0;
  while (same(a[begin], b[begin])) begin++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - begin && same(a.at(-1 - end), b.at(-1 - end))) end++;
  return [
    ...a.slice(begin, a.length - end).map((row) => ({ side: 'a' as const, row })),
    ...b.slice(begin, b.length - end).map((row) => ({ side: 'b' as const, row })),
  ];
}
