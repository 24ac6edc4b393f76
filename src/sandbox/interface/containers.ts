import type { HealthCheck } from './health-check.ts';
import type { Image } from './images.ts';
import type { Mount, Network } from './mounts.ts';

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

/** What a process printed, stdout and stderr in the order written, and its exit code. */
export interface Result {
  readonly output: string;
  readonly exitCode: number;
}

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
