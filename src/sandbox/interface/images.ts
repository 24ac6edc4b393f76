import type { HealthCheck } from './health-check.ts';

/** A reference to an image of this run (or the base image). */
export interface Image {
  /** `sha256:…` */
  readonly id: string;
  /** The name used in command lines. */
  readonly name: string;
}

/** One instruction of an image to make: files that a layer adds or deletes, or metadata only. */
export interface LayerSpec {
  /** The Dockerfile instruction that a person would write for it, for example `RUN echo hi > a`. */
  readonly instruction: string;
  /** Files the layer adds or replaces: absolute path → content (text, or that many bytes of filler). */
  readonly files?: Readonly<Record<string, FileSpec>>;
  /** Directories that the layer makes, with the id of their owner. */
  readonly owners?: Readonly<Record<string, number>>;
  /** Absolute paths the layer deletes (a whiteout each). */
  readonly deletes?: readonly string[];
  /** What it sets for containers of the image. */
  readonly sets?: ImageSettings;
}

/** What instructions such as CMD set, in the words that the builder makes of them. */
export interface ImageSettings {
  readonly command?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** `uid` or `uid:gid`. */
  readonly user?: string;
  readonly health?: HealthCheck | 'none';
  /** Paths at which every container gets a volume. */
  readonly volumes?: readonly string[];
  /** Ports of TCP, as EXPOSE names them. */
  readonly exposes?: readonly number[];
}

/** A file of a layer: text, or `size` filler bytes; owned by root unless `owner` says otherwise. */
export interface FileSpec {
  readonly text?: string;
  /** Filler bytes, instead of `text`. */
  readonly size?: number;
  /** Permission bits; 0o644 by default. */
  readonly mode?: number;
  /** User and group id; 0 by default. */
  readonly owner?: number;
}

/** An image to make: layers on top of another image, the base image by default. */
export interface ImageSpec {
  readonly name: string;
  readonly from?: Image;
  readonly layers: readonly LayerSpec[];
}

/** What `docker image inspect` tells of an image. */
export interface ImageFacts {
  readonly id: string;
  readonly tags: readonly string[];
  /** Layer digests (`sha256:…`) of the uncompressed layers, lowest first. */
  readonly layers: readonly string[];
  /** Bytes on disk, shared layers included. */
  readonly size: number;
  readonly architecture: string;
  readonly created: string;
}

/** One row of `docker history`, newest first. */
export interface HistoryRow {
  readonly createdBy: string;
  /** Bytes that the instruction added. */
  readonly size: number;
}

/** A layer of a saved image, with the paths it holds. */
export interface SavedLayer {
  /** `sha256:…` of the uncompressed layer. */
  readonly digest: string;
  /** Paths in the layer's tar, without a leading slash, whiteouts (`.wh.name`) included. */
  readonly paths: readonly string[];
  /** Text of each small regular file (at most 4 KiB), by path. */
  readonly texts: Readonly<Record<string, string>>;
}

/** A build from a Dockerfile that the demo wrote, by the engine's own builder and without a network. */
export interface BuildSpec {
  readonly name: string;
  /** The Dockerfile's lines; `FROM base` stands for the base image. */
  readonly dockerfile: readonly string[];
  /** Files of the build context: path → text. */
  readonly context?: Readonly<Record<string, string>>;
  /** Tar archives of the build context: path → the files in it, by their paths, with their text. */
  readonly archives?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Values of build arguments, `--build-arg`. */
  readonly args?: Readonly<Record<string, string>>;
  /** Lets RUN be another user, also root with the builder's capabilities; the receipt says so. */
  readonly asRoot?: boolean;
  /** False for `--no-cache`. The run's own cache only: images of other runs never serve. */
  readonly cache?: boolean;
  readonly target?: string;
}

/** A finished build: the image and the builder's own log. */
export interface Build extends Image {
  readonly log: string;
  /** Instructions that the builder took from its cache. */
  readonly cached: number;
}

/** A build that the builder broke off: its own words, and what it printed until then. */
export interface FailedBuild {
  readonly refusal: string;
  readonly log: string;
}
