import { z } from 'zod';
import { RegistryError } from './registry-error.ts';

/** Kinds of manifest that are asked for; a registry hides what a client does not name. */
export const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
] as const;

const indexTypes: readonly string[] = [manifestTypes[0], manifestTypes[2]];
const imageTypes: readonly string[] = [manifestTypes[1], manifestTypes[3]];

/** Kinds of configuration that images have; others are charts, signatures, models. */
const configTypes = ['application/vnd.oci.image.config.v1+json', 'application/vnd.docker.container.image.v1+json'];

/** The most that is read of what a registry lists. */
const most = { manifests: 1000, layers: 500, history: 2000 } as const;

const digest = z.string().regex(/^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/);
const annotations = z.record(z.string(), z.string()).nullish();
const descriptor = z.object({
  mediaType: z.string().default(''),
  digest,
  // So that no sum of them is larger than a number can be exact.
  size: z.number().int().min(0).max(1e13),
  annotations,
  urls: z.array(z.string()).nullish(),
  platform: z.object({ os: z.string(), architecture: z.string(), variant: z.string().optional() }).nullish(),
});

const indexSchema = z.object({ manifests: z.array(descriptor).max(most.manifests) });
const imageSchema = z.object({
  config: descriptor,
  layers: z.array(descriptor).max(most.layers),
  annotations,
});
const shapeSchema = z.object({
  schemaVersion: z.number().optional(),
  mediaType: z.string().optional(),
  artifactType: z.string().optional(),
  manifests: z.unknown().optional(),
  layers: z.unknown().optional(),
  fsLayers: z.unknown().optional(),
  config: z.unknown().optional(),
});

const configSchema = z.object({
  os: z.string().default(''),
  architecture: z.string().default(''),
  variant: z.string().optional(),
  config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }).nullish(),
  rootfs: z.object({ diff_ids: z.array(digest).max(most.layers) }),
  history: z
    .array(
      z.object({
        created: z.string().nullish(),
        created_by: z.string().nullish(),
        comment: z.string().nullish(),
        empty_layer: z.boolean().nullish(),
      }),
    )
    .max(most.history)
    .nullish(),
});

/** What names a piece of content: its digest, its size and kind. */
export type Descriptor = z.output<typeof descriptor>;
/** A list of images, by platform. */
export type Index = z.output<typeof indexSchema>;
/** One image: its configuration and its layers, the lowest first. */
export type ImageManifest = z.output<typeof imageSchema>;
/** The configuration of an image. */
export type ImageConfig = z.output<typeof configSchema>;

/** A manifest by its shape; what it says of its own kind must agree. */
export type Manifest =
  | { readonly kind: 'index'; readonly index: Index }
  | { readonly kind: 'image'; readonly image: ImageManifest };

/**
 * Reads a manifest. Its shape decides, since not all say what they are, and what could be read in two ways is refused
 * (CVE-2021-41190).
 * @param type what the registry says it is; empty for nothing
 * @param name the image, for messages
 * @throws RegistryError `unreadable` or `not-an-image`
 */
export function readManifest(body: Buffer, type: string, name: string): Manifest {
  const shape = shapeSchema.safeParse(parseJson(body));
  if (!shape.success) throw unreadable(name, 'it is no manifest');
  const { schemaVersion, mediaType = '', artifactType, manifests, layers, fsLayers, config } = shape.data;
  const kinds = [mediaType, type.split(';')[0]?.trim() ?? ''];
  if (schemaVersion === 1 || fsLayers !== undefined)
    throw new RegistryError('not-an-image', `${name} has the form of 2015 (schema 1), which no engine reads any more`);
  const asIndex = manifests !== undefined;
  const asImage = layers !== undefined || config !== undefined;
  if (!asIndex && !asImage) throw unreadable(name, 'it is no manifest');
  if ((asIndex && asImage) || kinds.some((kind) => (asIndex ? imageTypes : indexTypes).includes(kind)))
    throw unreadable(name, 'it can be read in two ways, as an image and as a list of images');
  if (asIndex) {
    const index = indexSchema.safeParse(shape.data);
    if (index.success) return { kind: 'index', index: index.data };
    throw unreadable(name, 'its list of images has another shape than expected', index.error);
  }
  const image = imageSchema.safeParse(parseJson(body));
  if (!image.success) throw unreadable(name, 'its manifest has another shape than expected', image.error);
  const { mediaType: configType } = image.data.config;
  if (!configTypes.includes(configType)) {
    const what = artifactType ?? configType;
    throw new RegistryError(
      'not-an-image',
      `${name} is no image that runs: it says it is ${what === '' ? 'something else' : `"${what.slice(0, 100)}"`}`,
    );
  }
  return { kind: 'image', image: image.data };
}

/**
 * Reads the configuration of an image.
 * @throws RegistryError `unreadable`
 */
export function readConfig(body: Buffer, name: string): ImageConfig {
  const config = configSchema.safeParse(parseJson(body));
  if (config.success) return config.data;
  throw unreadable(name, 'its configuration has another shape than expected', config.error);
}

/** What a reader is told of an image that makes no sense. */
export function unreadable(name: string, why: string, cause?: unknown): RegistryError {
  return new RegistryError('unreadable', `${name} cannot be read: ${why}`, { cause });
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return null;
  }
}
