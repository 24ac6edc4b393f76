import { describeAdvice } from './advice.ts';
import { type BaseCandidate, type FoundBase, findBase, namedBase } from './find-base.ts';
import type { LayerReport } from './layer-report.ts';
import { type LayerFacts, layerRows, sizesOf, totalsOf } from './layer-rows.ts';
import { pairTold, type ToldLine } from './pair-history.ts';
import { sentence } from './sentence.ts';

/** An image as an engine tells of it. */
export interface EngineImage {
  readonly id: string;
  readonly os: string;
  readonly architecture: string;
  readonly variant: string;
  readonly layers: readonly string[];
  readonly bytes: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly containerdStore: boolean;
  readonly history: readonly (ToldLine & { readonly names: readonly string[] })[];
}

/**
 * The base that an image's own history proves: the last line before its end after which it was an image with a name.
 * @returns null where the engine does not have it by itself, as of one that another builder or another engine made
 */
export function baseInHistory({ history, layers }: EngineImage): FoundBase | null {
  for (const { names, layersSoFar } of history.slice(0, -1).reverse()) {
    const [name] = names;
    if (name !== undefined && layersSoFar !== null && layersSoFar > 0 && layersSoFar <= layers.length)
      return { layers: layersSoFar, name };
  }
  return null;
}

/**
 * Makes the report of an image that an engine has, without its files.
 * @param name as it was asked for, in full
 * @param others images that may be its base, where its history proves none
 */
export function engineReport(name: string, image: EngineImage, others: readonly BaseCandidate[]): LayerReport {
  const paired = pairTold(image.history, image.layers.length);
  // What the engine tells of a layer stands at its line of the history.
  const bytesOf = new Map(paired.lines.map(({ layer }, index) => [layer, image.history[index]?.bytes ?? null]));
  // Some engines count nothing for the layers of an image, and all the same something for the whole of it.
  const counted = image.bytes === 0 || image.history.some(({ bytes }) => bytes > 0);
  const layers = image.layers.map(
    (diffId, index): LayerFacts => ({
      digest: null,
      diffId,
      compressed: null,
      unpacked: counted ? (bytesOf.get(index) ?? null) : null,
    }),
  );
  const base = baseInHistory(image) ?? findBase(image, others);
  const rows = layerRows(paired, layers, base?.layers ?? null);
  const totals = totalsOf(rows);
  const said = namedBase(image.labels);
  const platform = [image.os, image.architecture, image.variant].filter((part) => part !== '').join('/');
  return {
    image: name,
    platform: platform === '' ? null : platform,
    digest: image.id,
    source: 'engine',
    sizes: sizesOf(totals),
    layers: rows,
    totals: totals.unpacked === null ? { ...totals, unpacked: image.bytes } : totals,
    hidden: null,
    files: null,
    advice: describeAdvice(rows, paired),
    notes: [
      ...paired.notes,
      ...(image.containerdStore
        ? ['Sizes are what the layers take on disk: so the containerd image store counts them']
        : []),
      ...(counted ? [] : ['The engine does not say how large each layer is']),
      ...baseNotes(base?.name ?? null, said),
    ].map(sentence),
  };
}

/** What is proven of the base, or what the image only says of it. */
export function baseNotes(proven: string | null, said: string | null): string[] {
  if (proven !== null) return [`Its lowest layers are those of ${proven}, which is here too`];
  return said === null
    ? []
    : [`It says that it was built on ${said}; which of its layers are from there nothing proves`];
}
