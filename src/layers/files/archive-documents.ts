import { z } from 'zod';
import { plainPath } from '../plain-path.ts';
import { ImageUnreadable } from './image-files.ts';

/** A layer as an archive's documents name it. */
export interface NamedLayer {
  /** The name of the member that holds it. */
  readonly member: string;
  readonly digest: string | null;
  readonly diffId: string | null;
  /** Bytes as the manifest has them, and whether it says that they are kept elsewhere. */
  readonly size: number | null;
  readonly isElsewhere: boolean;
}

/** A document of an archive with the digest of its bytes. */
export interface ArchivedDocument {
  readonly text: string;
  readonly digest: string;
}

/** Finds a document by its member's name. */
export type FindDocument = (name: string) => ArchivedDocument | null;

const descriptor = z.object({
  digest: z.string().max(200),
  mediaType: z.string().max(300).optional(),
  size: z.number().nonnegative().optional(),
  urls: z.array(z.string()).optional(),
  annotations: z.record(z.string(), z.string()).nullish(),
  platform: z.object({ os: z.string(), architecture: z.string(), variant: z.string().optional() }).nullish(),
});

const indexSchema = z.object({ manifests: z.array(descriptor), layers: z.undefined().optional() });
const manifestSchema = z.object({
  config: descriptor,
  layers: z.array(descriptor),
  manifests: z.undefined().optional(),
});
const savedSchema = z.array(
  z.object({ Config: z.string().max(4096), Layers: z.array(z.string().max(4096)).nullish() }),
);
const configSchema = z.object({ rootfs: z.object({ diff_ids: z.array(z.string().max(200)).nullish() }) });

type Descriptor = z.infer<typeof descriptor>;

/** Indexes name indexes, by the specification as deep as one likes. */
const maxIndexDepth = 3;

/**
 * Finds the layers of the image in an archive: by `index.json` where that leads to an image that is there, as engines with
 * the containerd store write it, else by `manifest.json`, as `docker save` always wrote it.
 * @param platform for example `linux/arm64/v8`; null for the first that is there
 * @returns lowest first
 * @throws ImageUnreadable
 */
export function findLayers(find: FindDocument, platform: string | null): readonly NamedLayer[] {
  const index = find('index.json');
  const manifest = index === null ? null : manifestOf(find, parse(indexSchema, index.text), platform, maxIndexDepth);
  if (manifest !== null) return layersOfManifest(find, manifest);
  const saved = parseDocument(savedSchema, find('manifest.json'))?.find(({ Config }) => find(Config) !== null);
  if (saved) return layersOfSaved(find, saved);
  const known =
    index === null && find('manifest.json') === null ? 'it names no image' : 'the image that it names is not in it';
  const wanted = platform === null ? '' : ` for ${platform}`;
  throw new ImageUnreadable(
    `This archive holds no image${wanted} that can be read: ${known}. Make it with docker save`,
  );
}

type Manifest = z.infer<typeof manifestSchema>;

/** Only an image counts: not an attestation, not an artifact, and not one whose configuration is not there. */
function manifestOf(
  find: FindDocument,
  index: z.infer<typeof indexSchema> | null,
  platform: string | null,
  depth: number,
): Manifest | null {
  for (const entry of index?.manifests ?? []) {
    if (isAttestation(entry) || (platform !== null && entry.platform && !isPlatform(entry.platform, platform)))
      continue;
    const text = findBlob(find, entry.digest);
    if (text === null) continue;
    const manifest = parse(manifestSchema, text);
    const config = manifest === null ? null : parse(configSchema, findBlob(find, manifest.config.digest) ?? '');
    if (manifest !== null && config !== null) return manifest;
    const nested = depth > 1 ? manifestOf(find, parse(indexSchema, text), platform, depth - 1) : null;
    if (nested !== null) return nested;
  }
  return null;
}

function isAttestation({ annotations, platform }: Descriptor): boolean {
  return annotations?.['vnd.docker.reference.type'] !== undefined || platform?.os === 'unknown';
}

function isPlatform(found: NonNullable<Descriptor['platform']>, wanted: string): boolean {
  const [os, architecture, variant] = wanted.split('/');
  if (found.os !== os || found.architecture !== architecture) return false;
  return variant === undefined || found.variant === variant;
}

function layersOfManifest(find: FindDocument, { config, layers }: Manifest): NamedLayer[] {
  const diffIds = parse(configSchema, findBlob(find, config.digest) ?? '')?.rootfs.diff_ids ?? [];
  if (diffIds.length > 0 && diffIds.length !== layers.length) throw differentCounts(layers.length, diffIds.length);
  return layers.map(({ digest, size, urls, mediaType }, index) => ({
    member: blobName(digest),
    digest,
    diffId: diffIds[index] ?? null,
    size: size ?? null,
    isElsewhere: (urls?.length ?? 0) > 0 || /foreign|nondistributable/.test(mediaType ?? ''),
  }));
}

function layersOfSaved(find: FindDocument, saved: z.infer<typeof savedSchema>[number]): NamedLayer[] {
  const document = find(saved.Config);
  const promised = /([0-9a-f]{64})(?:\.json)?$/.exec(saved.Config)?.[1];
  if (promised !== undefined && document?.digest !== `sha256:${promised}`) throw changed(saved.Config);
  const diffIds = parseDocument(configSchema, document)?.rootfs.diff_ids ?? [];
  const layers = saved.Layers ?? [];
  if (diffIds.length !== layers.length) throw differentCounts(layers.length, diffIds.length);
  return layers.map((member, index) => {
    const hex = /^blobs\/sha256\/([0-9a-f]{64})$/.exec(member)?.[1];
    const digest = hex === undefined ? null : `sha256:${hex}`;
    return { member, digest, diffId: diffIds[index] ?? null, size: null, isElsewhere: false };
  });
}

function differentCounts(layers: number, diffIds: number): ImageUnreadable {
  const counts = `the manifest names ${layers} layers, the configuration ${diffIds}`;
  return new ImageUnreadable(`This archive contradicts itself: ${counts}. Pull or build the image again`);
}

function changed(name: string): ImageUnreadable {
  return new ImageUnreadable(
    `This archive was damaged or changed: ${plainPath(name)} is not what its digest says. Save it again`,
  );
}

/** @throws ImageUnreadable where the bytes are not what the digest says */
function findBlob(find: FindDocument, digest: string): string | null {
  const document = find(blobName(digest));
  if (document === null) return null;
  if (digest.startsWith('sha256:') && document.digest !== digest) throw changed(digest);
  return document.text;
}

function blobName(digest: string): string {
  return `blobs/${digest.replace(':', '/')}`;
}

function parseDocument<T>(schema: z.ZodType<T>, document: ArchivedDocument | null): T | null {
  return document === null ? null : parse(schema, document.text);
}

function parse<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
