import type { HealthConfig } from 'dockerode';
import { type ArchiveItem, digestOf, type Layer, writeArchive } from './layer-archive.ts';

/** An image to write: everything that its id is made of. */
export interface ImageContent {
  /** The engine's name for the processor, for example `amd64`. */
  readonly architecture: string;
  readonly name: string;
  readonly config: {
    readonly User?: string;
    readonly WorkingDir?: string;
    readonly Env?: readonly string[];
    readonly Cmd?: readonly string[];
    readonly Entrypoint?: readonly string[];
    readonly Healthcheck?: HealthConfig;
    readonly Volumes?: Readonly<Record<string, object>>;
    readonly ExposedPorts?: Readonly<Record<string, object>>;
    readonly Labels?: Readonly<Record<string, string>>;
  };
  /** Lowest first; `layer` is null for an instruction that changes no files. */
  readonly history: readonly { readonly instruction: string; readonly layer: Layer | null }[];
}

/** An image as `docker load` reads it, with the id that the engine must give it. */
export interface ImageArchive {
  readonly tar: Buffer;
  /** `sha256:…` of the image's configuration: its id in the classic image store. */
  readonly id: string;
  /** The digests of its layers, lowest first. */
  readonly layers: readonly string[];
}

/**
 * Writes an image in the format of `docker save`. The id is the digest of the configuration, so it is known before
 * the engine has seen the image (https://github.com/moby/docker-image-spec/blob/main/spec.md).
 * @param leaveOut digests of layers that the engine already has; their bytes are left out
 */
export async function writeImage(
  image: ImageContent,
  leaveOut: ReadonlySet<string> = new Set(),
): Promise<ImageArchive> {
  const layers = image.history.map((row) => row.layer).filter((layer) => layer !== null);
  const config = Buffer.from(
    JSON.stringify({
      architecture: image.architecture,
      os: 'linux',
      config: image.config,
      rootfs: { type: 'layers', diff_ids: layers.map((layer) => layer.digest) },
      history: image.history.map(({ instruction, layer }) => ({
        created: '1970-01-01T00:00:00Z',
        created_by: instruction,
        ...(layer === null ? { empty_layer: true } : {}),
      })),
      created: '1970-01-01T00:00:00Z',
    }),
  );
  const id = digestOf(config);
  const configFile = `${id.slice('sha256:'.length)}.json`;
  const fileOf = (layer: Layer) => `${layer.digest.slice('sha256:'.length)}.tar`;
  const manifest = [{ Config: configFile, RepoTags: [image.name], Layers: layers.map(fileOf) }];
  const unique = new Map(layers.filter((layer) => !leaveOut.has(layer.digest)).map((layer) => [layer.digest, layer]));
  const items: ArchiveItem[] = [
    { type: 'file', path: configFile, content: config },
    { type: 'file', path: 'manifest.json', content: Buffer.from(JSON.stringify(manifest)) },
    ...[...unique.values()].map((layer) => ({ type: 'file' as const, path: fileOf(layer), content: layer.tar })),
  ];
  return { tar: await writeArchive(items), id, layers: layers.map((layer) => layer.digest) };
}
