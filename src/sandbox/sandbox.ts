/** The narrow interface that demos work with. No type of the Docker client library appears in it. */

/** A reference to an image of this run (or the base image). */
export interface Image {
  /** `sha256:…` */
  readonly id: string;
  /** The name used in command lines. */
  readonly name: string;
}

/** One instruction of an image to make: files that a layer adds or deletes, or metadata only. */
export interface LayerSpec {
  /** The Dockerfile instruction that a person would write for it, for example `RUN echo hi > /work/a`. */
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

/** What a process printed, stdout and stderr in the order written, and its exit code. */
export interface Result {
  readonly output: string;
  readonly exitCode: number;
}

/** A volume of this run. */
export interface Volume {
  /** Its name on the engine. */
  readonly name: string;
  /** Its name in command lines. */
  readonly shownName: string;
  /** False once it is gone. */
  exists(): Promise<boolean>;
  remove(): Promise<void>;
  /** Tries to remove it, with `--force` if asked. @returns the engine's refusal, or null if it is removed */
  tryRemove(options?: { readonly force?: boolean }): Promise<string | null>;
  /** Where the engine keeps its files on its host. */
  mountpoint(): Promise<string>;
}

/** A network of this run, which leads nowhere else. */
export interface Network {
  /** Its name on the engine. */
  readonly name: string;
  /** Its name in command lines. */
  readonly shownName: string;
  /** The names of the running containers that are on it, as command lines show them, sorted. */
  containers(): Promise<readonly string[]>;
  /** Tries to remove it. @returns the engine's refusal, or null if it is removed */
  tryRemove(): Promise<string | null>;
}

export type Mount =
  | {
      readonly type: 'volume';
      readonly volume: Volume;
      readonly path: string;
      readonly readOnly?: boolean;
      readonly noCopy?: boolean;
    }
  | { readonly type: 'anonymous'; readonly path: string }
  | { readonly type: 'tmpfs'; readonly path: string; readonly size: number }
  | { readonly type: 'bind'; readonly directory: HostDirectory; readonly path: string; readonly readOnly?: boolean };

/** A directory on the engine's host that the sandbox made for this run. */
export interface HostDirectory {
  readonly path: string;
  /** Its path in command lines. */
  readonly shownPath: string;
  /** Writes a text file into it from outside any container. */
  write(name: string, text: string): Promise<void>;
  read(name: string): Promise<string>;
  /** The names of the files in it, sorted. */
  list(): Promise<readonly string[]>;
}

/** What a demo may loosen of the policy; whatever it does not name stays locked. */
export interface Loosened {
  /** The container may write to its own filesystem. */
  readonly writableRoot?: boolean;
  /** Another user than the policy's non-root one, `uid` or `uid:gid`. Root inside keeps no capabilities. */
  readonly user?: '0' | '1000' | '2000';
  /** The user that the image names, instead of the policy's. Root keeps no capabilities there either. */
  readonly imageUser?: boolean;
  /** Memory limit in bytes, at most the policy's. */
  readonly memory?: number;
  /** CPUs that it may use, at most the policy's. */
  readonly cpus?: number;
  /**
   * Runs what the image says, with these changes, instead of a script, and without the sandbox's time limit around it: it
   * must end by itself within a minute, and cannot have a restart policy.
   */
  readonly command?: {
    /** Words after the image's name: instead of its CMD. */
    readonly words?: readonly string[];
    /** Instead of its ENTRYPOINT; its CMD then goes too. */
    readonly entrypoint?: string;
  };
  /** Without docker-init as process 1. */
  readonly noInit?: boolean;
  /** Largest file in bytes, for demos that write big files; at most 64 MiB. */
  readonly fileSize?: number;
}

/** A container to make. */
export interface ContainerSpec {
  /** A short name, unique within the run, as command lines show it. */
  readonly name: string;
  /** The base image by default. */
  readonly image?: Image;
  /** The main process, a shell script; by default a shell that waits for `exec`. */
  readonly script?: string;
  readonly mounts?: readonly Mount[];
  /** A network of this run, on which others find it by its name in command lines; by default it has only a loopback. */
  readonly network?: Network;
  /** A container of this run whose network it shares, loopback and ports included. */
  readonly beside?: Container;
  readonly restart?: 'no' | 'on-failure:2' | 'always' | 'unless-stopped';
  readonly hostname?: string;
  /** Labels beside those of the run. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly health?: HealthCheck;
  /** How much of its log is kept, within the policy's limit. */
  readonly log?: { readonly kilobytes: number; readonly files: 1 | 2 };
  readonly loosen?: Loosened;
}

/** A check whose command runs in the container; times in milliseconds. */
export interface HealthCheck {
  /** A shell script; exit status 0 is healthy. */
  readonly command: string;
  readonly interval: number;
  /** Failures in a row after which the container is unhealthy. */
  readonly retries: number;
  /** Time from the start in which failures do not count. */
  readonly startPeriod?: number;
}

/**
 * A container that the engine was asked to run: the container, or the engine's refusal, with the exit code where it was
 * made but did not start.
 */
export type Tried = { readonly container: Container } | { readonly refusal: string; readonly exitCode: number | null };

/** One filter of `docker ps`, over this run's containers. */
export type ContainerFilter =
  /** Any part of a name. */
  | { readonly nameHas: string }
  /** The start of a name, anchored with `^`. */
  | { readonly nameStarts: string }
  /** Containers of an image, and of the images made from it. */
  | { readonly ancestor: Image }
  | { readonly label: string }
  /** Those that run, as `docker ps` shows them without `--all`. */
  | { readonly running: true };

/** Options of the local volume driver with one fault. */
export type DriverOptions = 'unknown name' | 'no device' | 'wrong value';

/** What `docker inspect` tells of a container. */
export interface ContainerFacts {
  readonly id: string;
  readonly imageId: string;
  readonly hostname: string;
  readonly status: 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
  readonly exitCode: number;
  /** Process id of the main process on the engine's host; 0 when it does not run. */
  readonly pid: number;
  readonly oomKilled: boolean;
  /** `none` where nothing checks it. */
  readonly health: 'none' | 'starting' | 'healthy' | 'unhealthy';
  /** What its health check printed last; empty before the first. */
  readonly lastProbe: string;
  readonly restartCount: number;
  /** The restart policy's name: `no`, `on-failure`, `always` or `unless-stopped`. */
  readonly restartPolicy: string;
  /** ISO dates; empty before the first start. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly mounts: readonly {
    readonly type: string;
    readonly name: string;
    readonly path: string;
    readonly writable: boolean;
  }[];
  /** Storage driver details, for example `LowerDir`; empty where the engine gives none. */
  readonly graph: Readonly<Record<string, string>>;
}

/** A container of this run. Every call records the equivalent command line. */
export interface Container {
  readonly id: string;
  readonly name: string;
  start(): Promise<void>;
  /** Asks the main process to end, then kills it after a second. */
  stop(): Promise<void>;
  kill(): Promise<void>;
  restart(): Promise<void>;
  pause(): Promise<void>;
  unpause(): Promise<void>;
  /** Waits for the main process to end. */
  wait(): Promise<{ readonly exitCode: number }>;
  /** Runs a fixed shell script in the running container. */
  exec(script: string): Promise<Result>;
  /** Runs a command as a process of its own beside the main process. @returns its result, or the engine's refusal */
  execProcess(...words: readonly string[]): Promise<Result | { readonly refusal: string }>;
  /** Copies a small text file into it, running or not. */
  copyIn(path: string, text: string): Promise<void>;
  /** Reads a small text file out of it, running or not. */
  copyOut(path: string): Promise<string>;
  /** Its health; waits at most the given milliseconds until it is the wanted one. */
  health(wanted?: ContainerFacts['health'], milliseconds?: number): Promise<ContainerFacts['health']>;
  /** What its health check printed last; empty before the first. */
  lastProbe(): Promise<string>;
  logs(): Promise<string>;
  /** Waits, at most five seconds, until its log has a text. */
  waitForLog(text: string): Promise<boolean>;
  /** Added (A), changed (C) and deleted (D) paths against the image, sorted by path. */
  diff(): Promise<readonly { readonly kind: 'A' | 'C' | 'D'; readonly path: string }[]>;
  inspect(): Promise<ContainerFacts>;
  /** Whether a text is anywhere in what `docker inspect` prints of it. */
  inspectShows(text: string): Promise<boolean>;
  /** What `inspect` tells, without a record: for waiting until something is so. */
  look(): Promise<ContainerFacts>;
  /** Whether the engine still knows it, running or not. */
  exists(): Promise<boolean>;
  /** Bytes in the writable layer, and with the image's. */
  size(): Promise<{ readonly writable: number; readonly total: number }>;
  /** Process ids on the engine's host with their command lines. */
  top(): Promise<readonly { readonly pid: number; readonly command: string }[]>;
  /** Bytes of memory in use: everything charged, and without page cache. */
  memory(): Promise<{ readonly usage: number; readonly resident: number; readonly limit: number }>;
  commit(name: string): Promise<Image>;
  /** Puts it on a further network of this run, running or not; only one that was made on a network. */
  connect(network: Network): Promise<void>;
  disconnect(network: Network): Promise<void>;
  /** Its addresses as `docker inspect` tells them, with the network of each as command lines show it; none when it does not run. */
  addresses(): Promise<readonly { readonly network: string; readonly address: string }[]>;
  /** The ports that it exposes, such as `80/tcp`, and those of them that the host has too. */
  ports(): Promise<{ readonly exposed: readonly string[]; readonly published: readonly string[] }>;
  /** `docker update --restart` */
  setRestart(policy: NonNullable<ContainerSpec['restart']>): Promise<void>;
  /** `docker update --memory`, in bytes, and `--cpus`: at most the policy's. */
  setLimits(limits: { readonly memory: number; readonly cpus: number }): Promise<void>;
  /** Removes it, running or not; `volumes` also removes its anonymous volumes. */
  remove(options?: { readonly volumes?: boolean }): Promise<void>;
}

/** Facts about the engine, for receipts and for demos that show them. */
export interface EngineFacts {
  /** Podman speaks Docker's protocol too, with differences. */
  readonly product: 'Docker' | 'Podman';
  readonly version: string;
  readonly apiVersion: string;
  readonly storageDriver: string;
  /** True where images live in containerd's image store. */
  readonly containerdStore: boolean;
  readonly dataRoot: string;
  readonly kernel: string;
  readonly os: string;
  readonly architecture: string;
  readonly cgroupVersion: string;
  readonly rootless: boolean;
  /** False for a rootless engine on cgroup v1: then nothing of a container can be limited, measured or paused. */
  readonly controlGroups: boolean;
  /** Which limits the engine can enforce. */
  readonly enforces: {
    readonly memory: boolean;
    readonly cpu: boolean;
    readonly processes: boolean;
    /** Open files, the size of a file, core dumps. */
    readonly ulimits: boolean;
    /** Which system calls a container may make: by a seccomp profile that allows no namespaces. */
    readonly seccomp: boolean;
  };
  /** Why runs get no networks on it; null where they do. */
  readonly networkLack: string | null;
  readonly cpus: number;
  /** Bytes. */
  readonly memory: number;
  /** The engine host's name. */
  readonly host: string;
}

/** Disk usage by kind, in bytes; `reclaimable` is what the matching prune would free. */
export interface DiskUsage {
  readonly images: UsageRow;
  readonly containers: UsageRow;
  readonly volumes: UsageRow;
  readonly buildCache: UsageRow;
  /** The part of it that is this run's own, which nothing else on the engine changes. */
  readonly own: {
    readonly containers: UsageRow;
    readonly volumes: UsageRow;
    /** Each image with its size and the part that it shares with other images. */
    readonly images: readonly { readonly size: number; readonly shared: number }[];
  };
}

export interface UsageRow {
  readonly count: number;
  readonly size: number;
  readonly reclaimable: number;
}

/** Everything that a demo may do. Whatever it makes is labelled and removed when the run ends, however it ends. */
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
