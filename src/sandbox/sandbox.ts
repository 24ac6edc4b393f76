import type { Container, ContainerFilter, ContainerSpec, Result, Tried } from './interface/containers.ts';
import type { DiskUsage, EngineFacts } from './interface/engine-facts.ts';
import type {
  Build,
  BuildSpec,
  FailedBuild,
  HistoryRow,
  Image,
  ImageFacts,
  ImageSpec,
  SavedLayer,
} from './interface/images.ts';
import type { DriverOptions, HostDirectory, Network, Volume } from './interface/mounts.ts';

export type {
  Container,
  ContainerFacts,
  ContainerFilter,
  ContainerSpec,
  Loosened,
  Result,
  Tried,
} from './interface/containers.ts';
export type { DiskUsage, EngineFacts, UsageRow } from './interface/engine-facts.ts';
export type { HealthCheck } from './interface/health-check.ts';
export type {
  Build,
  BuildSpec,
  FailedBuild,
  FileSpec,
  Image,
  ImageFacts,
  ImageSettings,
  ImageSpec,
  LayerSpec,
  SavedLayer,
} from './interface/images.ts';
export type { DriverOptions, HostDirectory, Mount, Network, Volume } from './interface/mounts.ts';

/**
 * Everything that a demo may do: the narrow interface that demos work with, in which no type of the Docker client library
 * appears. Whatever it makes is labelled and removed when the run ends, however it ends.
 */
export interface Sandbox {
  readonly baseImage: Image;
  readonly engine: EngineFacts;
  makeImage(spec: ImageSpec): Promise<Image>;
  build(spec: BuildSpec): Promise<Build>;
  /** Builds an image from a Dockerfile that may be faulty. */
  tryBuild(spec: BuildSpec): Promise<Build | FailedBuild>;
  inspectImage(image: Image): Promise<ImageFacts>;
  history(image: Image): Promise<readonly HistoryRow[]>;
  /** Gives an image a further name; a name of this run that is taken moves. */
  tag(image: Image, name: string): Promise<Image>;
  /** Looks an image of this run up by a name given to it, or by id; null if there is none. */
  findImage(nameOrId: string): Promise<ImageFacts | null>;
  /** Keeps an image's id in a variable of the script, by which the image can be named from then on. */
  rememberImage(image: Image, variable: string): Promise<Image>;
  /** Removes a name of an image, and the image with its last name; `force` also where a container uses it. */
  removeImage(image: Image, options?: { readonly force?: boolean }): Promise<void>;
  /** Tries to remove a name of an image without force. @returns the engine's refusal, or null if it is removed */
  tryRemoveImage(image: Image): Promise<string | null>;
  /** The image's layers as `docker save` writes them; `show` is the path of a small file to print from them. */
  save(image: Image, show?: string): Promise<{ readonly bytes: number; readonly layers: readonly SavedLayer[] }>;
  /** Saves the image to an archive, removes it, and loads it back. */
  saveRemoveLoad(
    image: Image,
  ): Promise<{ readonly bytes: number; readonly goneBetween: boolean; readonly image: Image }>;
  /** Creates a container without starting it. */
  create(spec: ContainerSpec): Promise<Container>;
  /** Creates and starts a container. */
  run(spec: ContainerSpec): Promise<Container>;
  /** Runs a container of a script, or of a command of its own, to its end, removes it, and returns what it printed. */
  runOnce(spec: ContainerSpec): Promise<Result>;
  /** Tries to create and start a container. */
  tryRun(spec: ContainerSpec): Promise<Tried>;
  /** The names of this run's containers that a filter of `docker ps` finds, sorted. */
  list(filter: ContainerFilter): Promise<readonly string[]>;
  /** Removes this run's stopped containers with a label, `name=value`, as `docker container prune` does. */
  pruneContainers(label: string): Promise<void>;
  volume(name: string): Promise<Volume>;
  /** The name of a volume that nothing has made yet: the first container that mounts it does. */
  unmadeVolume(name: string): Volume;
  /** Makes a network; an engine that cannot keep it apart refuses (`networkLack`). */
  network(name: string): Promise<Network>;
  /** Tries to make a volume with faulty options of the local driver. */
  tryDriverOptions(name: string, faulty: DriverOptions): Promise<Volume | { readonly refusal: string }>;
  /** The anonymous volume that a container has at a path. */
  anonymousVolume(container: Container, path: string): Promise<Volume>;
  /** A directory on the engine's host, for bind mounts. */
  hostDirectory(name: string): Promise<HostDirectory>;
  diskUsage(): Promise<DiskUsage>;
  /** A fact of the host that runs this program, where that is the engine's host too; null elsewhere. */
  hostFact(fact: 'kernel-release' | 'boot-id' | 'hostname'): Promise<string | null>;
  /** Waits, at most the given milliseconds, until the condition holds; `command` waits for the same in a script. */
  until(condition: () => Promise<boolean>, milliseconds: number, command?: string): Promise<boolean>;
  /** Waits the given milliseconds, at most 5,000. */
  pause(milliseconds: number): Promise<void>;
  /** Adds a line to the current step's output: one that `command` prints, or else one that no command does. */
  note(text: string, command?: string): void;
}
