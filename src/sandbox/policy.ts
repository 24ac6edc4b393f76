import type { ContainerCreateOptions, HostConfig, ImageBuildOptions } from 'dockerode';
import { lockNetworked, networksInWords } from './network-policy.ts';
import type { EngineFacts, Loosened } from './sandbox.ts';

const MiB = 1024 * 1024;

/** The user that processes of a demo run as: nobody. */
export const demoUser = '65534:65534';

/** Every limit of a demo container, in one place. docs/sandbox.md says what each stops. */
export const limits = {
  memoryBytes: 64 * MiB,
  cpus: 1,
  processes: 64,
  openFiles: 256,
  fileBytes: 16 * MiB,
  largestFileBytes: 64 * MiB,
  temporaryBytes: 8 * MiB,
  sharedMemoryBytes: MiB,
  /** Bytes that the containers of a run may write to the engine's disk, all together; watch-disk.ts ends a run beyond. */
  diskBytes: 128 * MiB,
  /** Files and directories that a run may add to the engine's disk, also empty ones. */
  diskFiles: 10_000,
  /** Networks that a run may make. */
  networks: 3,
  /** Bytes of a container's log that the engine keeps. */
  logBytes: 256 * 1024,
  /** Processor seconds of a command that runs without a time limit around it. */
  commandCpuSeconds: 60,
  /** Bytes of output kept of one command. */
  outputBytes: 16 * 1024,
  stopSeconds: 1,
  /** Memory and swap of a build's container together. */
  buildMemoryBytes: 256 * MiB,
  /** Processes of the policy's user while a build runs: a ulimit counts those of all its containers. */
  buildProcesses: 512,
} as const;

/** The security part of a build. */
type BuildBounds = ImageBuildOptions & { readonly ulimits?: string };

/** Microseconds over which an engine counts the time of processors. */
const cpuPeriod = 100_000;

/**
 * The bounds of a build, as far as builders take any: the classic builder and Podman's have these. Neither drops
 * capabilities or makes the root filesystem read-only; check-dockerfile.ts sees to it that no process has any.
 */
export function boundBuild({ enforces, product }: Pick<EngineFacts, 'enforces' | 'product'>): BuildBounds {
  const ulimit = (Name: string, limit: number) => ({ Name, Soft: limit, Hard: limit });
  const ulimits = [
    ulimit('nofile', limits.openFiles),
    ulimit('core', 0),
    ulimit('fsize', limits.fileBytes),
    ulimit('nproc', limits.buildProcesses),
  ];
  return {
    networkmode: 'none',
    rm: true,
    forcerm: true,
    shmsize: limits.sharedMemoryBytes,
    // Podman ignores a limit that it cannot enforce when it makes a container, but fails a build for it.
    ...(enforces.memory ? { memory: limits.buildMemoryBytes, memswap: limits.buildMemoryBytes } : {}),
    ...(enforces.cpu ? { cpuperiod: cpuPeriod, cpuquota: cpuPeriod * limits.cpus } : {}),
    ...(product === 'Docker' ? { ulimits: JSON.stringify(ulimits) } : {}),
  };
}

/** The security part of a container: all of it but what it runs. */
export type LockedDown = Pick<ContainerCreateOptions, 'User' | 'NetworkDisabled' | 'StopTimeout'> & {
  readonly HostConfig: HostConfig;
};

/** Where a container's processes stand in the network: alone, on a network, or beside those of another container. */
export type Place =
  | { readonly kind: 'alone' }
  /** The network's name on the engine. */
  | { readonly kind: 'network'; readonly name: string }
  /** The container's id. */
  | { readonly kind: 'beside'; readonly container: string };

/**
 * The one policy for demo containers: locked down but for what the demo names.
 *
 * `NetworkDisabled` gives the container a network namespace of its own with nothing but a loopback, as
 * `--network none` does, and spares the engine a helper process at every start, half the time of a start.
 * `NetworkMode: none` stands beside it for engines that ignore that field.
 * @param place alone, but for what the run put on a network of its own
 */
export function lockDown(loosened: Loosened = {}, place: Place = { kind: 'alone' }): LockedDown {
  const memory = Math.min(loosened.memory ?? limits.memoryBytes, limits.memoryBytes);
  const cpus = Math.min(loosened.cpus ?? limits.cpus, limits.cpus);
  const fileSize = Math.min(loosened.fileSize ?? limits.fileBytes, limits.largestFileBytes);
  return {
    ...userOf(loosened),
    NetworkDisabled: place.kind === 'alone',
    StopTimeout: limits.stopSeconds,
    HostConfig: {
      NetworkMode: networkMode(place),
      ...(place.kind === 'network' ? lockNetworked() : {}),
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      Privileged: false,
      ReadonlyRootfs: loosened.writableRoot !== true,
      Memory: memory,
      MemorySwap: memory,
      NanoCpus: cpus * 1e9,
      PidsLimit: limits.processes,
      Ulimits: [
        { Name: 'nofile', Soft: limits.openFiles, Hard: limits.openFiles },
        { Name: 'core', Soft: 0, Hard: 0 },
        { Name: 'fsize', Soft: fileSize, Hard: fileSize },
        // Without the time limit around it, a process that keeps busy still ends.
        ...(loosened.command === undefined
          ? []
          : [{ Name: 'cpu', Soft: limits.commandCpuSeconds, Hard: limits.commandCpuSeconds }]),
      ],
      Tmpfs: { '/tmp': `rw,noexec,nosuid,nodev,size=${limits.temporaryBytes},mode=1777` },
      ShmSize: limits.sharedMemoryBytes,
      IpcMode: 'private',
      LogConfig: logConfig(limits.logBytes, 1),
      Init: loosened.noInit !== true,
      AutoRemove: false,
    },
  };
}

function networkMode(place: Place): string {
  if (place.kind === 'alone') return 'none';
  return place.kind === 'network' ? place.name : `container:${place.container}`;
}

function userOf(loosened: Loosened): { User?: string } {
  if (loosened.imageUser === true) return {};
  return { User: loosened.user === undefined ? demoUser : `${loosened.user}:${loosened.user}` };
}

/**
 * How much of a container's log the engine keeps.
 * @param bytes of each file; all files together keep no more than the policy's limit
 */
export function logConfig(bytes: number, files: number): { Type: string; Config: Record<string, string> } {
  const kilobytes = Math.floor(Math.min(bytes, limits.logBytes / files) / 1024);
  return { Type: 'json-file', Config: { 'max-size': `${kilobytes}k`, 'max-file': String(files) } };
}

/**
 * The policy in words, for receipts.
 * @param engine what it is and can enforce; all of it where no engine was asked
 */
export function describeLimits(engine?: Pick<EngineFacts, 'product' | 'enforces'>): readonly string[] {
  const enforces = engine?.enforces;
  const mark = (enforced: boolean | undefined) => (enforced === false ? ' (not enforced by this engine)' : '');
  return [
    'no network',
    'no capabilities, no new privileges',
    engine?.product === 'Podman' && engine.enforces.seccomp
      ? "Dockproof's seccomp profile"
      : `default seccomp profile${mark(enforces?.seccomp)}`,
    `user ${demoUser}`,
    'read-only root filesystem',
    `memory and swap ${limits.memoryBytes / MiB} MiB${mark(enforces?.memory)}`,
    `${limits.cpus} CPU${mark(enforces?.cpu)}`,
    `${limits.processes} processes${mark(enforces?.processes)}`,
    `files up to ${limits.fileBytes / MiB} MiB${mark(enforces?.ulimits)}`,
    `/tmp ${limits.temporaryBytes / MiB} MiB in memory`,
    `${limits.diskBytes / MiB} MiB and ${limits.diskFiles.toLocaleString('en')} files written to disk in all`,
    `output ${limits.outputBytes / 1024} KiB a command`,
  ];
}

/** What a run can loosen beside its containers: a build's user, and that it has networks. */
export interface LoosenedRun {
  readonly buildAsRoot?: boolean;
  readonly networks?: boolean;
}

/** What a demo loosened, in words, for receipts. */
export function describeLoosened(loosened: Loosened & LoosenedRun): readonly string[] {
  return [
    ...(loosened.writableRoot === true ? ['writable root filesystem'] : []),
    ...(loosened.user === undefined ? [] : [`user ${loosened.user}`]),
    ...(loosened.memory === undefined ? [] : [`memory ${Math.round(loosened.memory / MiB)} MiB`]),
    ...(loosened.imageUser === true ? ["the image's user"] : []),
    ...(loosened.buildAsRoot === true ? ["root in a build, with the builder's capabilities"] : []),
    ...(loosened.networks === true ? [networksInWords] : []),
    ...(loosened.cpus === undefined ? [] : [`${loosened.cpus} CPUs`]),
    ...(loosened.command === undefined ? [] : ['a command without a time limit around it']),
    ...(loosened.noInit === true ? ['no init process'] : []),
    ...(loosened.fileSize === undefined ? [] : [`files up to ${Math.round(loosened.fileSize / MiB)} MiB`]),
  ];
}
