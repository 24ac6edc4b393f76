import { describeAdvice } from './advice.ts';
import { baseNotes } from './engine-report.ts';
import { type BaseCandidate, findBase, namedBase } from './find-base.ts';
import type { LayerReport } from './layer-report.ts';
import { layerRows, sizesOf, totalsOf } from './layer-rows.ts';
import { pairHistory } from './pair-history.ts';
import { sentence } from './sentence.ts';

/** A layer as a manifest names it. */
export interface NamedLayer {
  readonly digest: string;
  readonly size: number;
  readonly mediaType: string;
  readonly urls?: readonly string[] | null | undefined;
}

/** An image as a registry tells of it. */
export interface ToldImage {
  readonly reference: { readonly full: string };
  readonly digest: string;
  readonly platform: string | null;
  readonly manifest: {
    readonly layers: readonly NamedLayer[];
    readonly annotations?: Readonly<Record<string, string>> | null | undefined;
  };
  readonly config: {
    readonly config?: { readonly Labels?: Readonly<Record<string, string>> | null | undefined } | null | undefined;
    readonly rootfs: { readonly diff_ids: readonly string[] };
    readonly history?:
      | readonly {
          readonly created?: string | null | undefined;
          readonly created_by?: string | null | undefined;
          readonly comment?: string | null | undefined;
          readonly empty_layer?: boolean | null | undefined;
        }[]
      | null
      | undefined;
  };
  readonly platforms: readonly string[];
  readonly attestations: { readonly all: number; readonly own: number };
}

/**
 * Makes the report of an image at a registry, from its manifest and its configuration alone.
 * @param others images at the engine, which may be its base
 */
export function registryReport(image: ToldImage, others: readonly BaseCandidate[]): LayerReport {
  const { manifest, config, platform } = image;
  const diffIds = config.rootfs.diff_ids;
  const history = (config.history ?? []).map((line) => ({
    createdBy: line.created_by ?? '',
    comment: line.comment ?? '',
    created: line.created ?? null,
    emptyLayer: line.empty_layer === true,
  }));
  const paired = pairHistory(history, manifest.layers.length);
  const layers = manifest.layers.map(({ digest, size }, index) => ({
    digest,
    diffId: diffIds[index] ?? null,
    compressed: size,
    unpacked: null,
  }));
  const base = findBase({ id: '', layers: diffIds }, others);
  const rows = layerRows(paired, layers, base?.layers ?? null);
  const totals = totalsOf(rows);
  const labels = { ...config.config?.Labels, ...manifest.annotations };
  return {
    image: image.reference.full,
    platform,
    digest: image.digest,
    source: 'registry',
    sizes: sizesOf(totals),
    layers: rows,
    totals,
    hidden: null,
    files: null,
    advice: describeAdvice(rows, paired),
    notes: [
      ...paired.notes,
      ...(diffIds.length === layers.length
        ? []
        : [
            `Its configuration names ${diffIds.length} layers and its manifest ${layers.length}; the manifest is what is stored`,
          ]),
      ...elsewhere(manifest.layers),
      ...platformNotes(image),
      ...baseNotes(base?.name ?? null, namedBase(labels)),
    ].map(sentence),
  };
}

/** Tells whether a layer is of a kind that registries do not keep themselves. */
export function isStoredElsewhere(mediaType: string): boolean {
  return /\.foreign\.|nondistributable/.test(mediaType);
}

/** Layers that a registry may not keep itself; nobody follows their addresses. */
function elsewhere(layers: readonly NamedLayer[]): string[] {
  return layers.flatMap(({ mediaType, urls, size }, index) =>
    isStoredElsewhere(mediaType) || (urls ?? []).length > 0
      ? [`Layer ${index + 1} is stored elsewhere, ${size} bytes of it`]
      : [],
  );
}

function platformNotes({ platform, platforms, attestations: { all, own } }: ToldImage): string[] {
  const others = [...new Set(platforms)].filter((other) => other !== platform).slice(0, 20);
  const attested = own === all ? '' : `, ${own === 0 ? 'none' : own} of them for this image`;
  return [
    ...(others.length > 0 ? [`It is there for ${others.join(', ')} too: --platform shows them`] : []),
    ...(all > 0 ? [`${all} ${all === 1 ? 'attestation stands' : 'attestations stand'} beside it${attested}`] : []),
  ];
}
