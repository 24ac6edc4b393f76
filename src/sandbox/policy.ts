import type { ContainerCreateOptions, HostConfig } from 'dockerode';
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
  /** Bytes of a container's log that the engine keeps. */
  logBytes: 256 * 1024,
  /** Bytes of output kept of one command. */
  outputBytes: 16 * 1024,
  stopSeconds: 1,
} as const;

/** The security part of a container: all of it but what it runs. */
export type LockedDown = Pick<ContainerCreateOptions, 'User' | 'NetworkDisabled' | 'StopTimeout'> & {
  readonly HostConfig: HostConfig;
};

/**
 * The one policy for demo containers: locked down but for what the demo names.
 *
 * `NetworkDisabled` gives the container a network namespace of its own with nothing but a loopback, as
 * `--network none` does, and spares the engine a helper process at every start, half the time of a start.
 * `NetworkMode: none` stands beside it for engines that ignore that field.
 */
export function lockDown(loosened: Loosened = {}): LockedDown {
  const memory = Math.min(loosened.memory ?? limits.memoryBytes, limits.memoryBytes);
  const fileSize = Math.min(loosened.fileSize ?? limits.fileBytes, limits.largestFileBytes);
  return {
    User: loosened.user === undefined ? demoUser : `${loosened.user}:${loosened.user}`,
    NetworkDisabled: true,
    StopTimeout: limits.stopSeconds,
    HostConfig: {
      NetworkMode: 'none',
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      Privileged: false,
      ReadonlyRootfs: loosened.writableRoot !== true,
      Memory: memory,
      MemorySwap: memory,
      NanoCpus: limits.cpus * 1e9,
      PidsLimit: limits.processes,
      Ulimits: [
        { Name: 'nofile', Soft: limits.openFiles, Hard: limits.openFiles },
        { Name: 'core', Soft: 0, Hard: 0 },
        { Name: 'fsize', Soft: fileSize, Hard: fileSize },
      ],
      Tmpfs: { '/tmp': `rw,noexec,nosuid,nodev,size=${limits.temporaryBytes},mode=1777` },
      ShmSize: limits.sharedMemoryBytes,
      IpcMode: 'private',
      LogConfig: { Type: 'json-file', Config: { 'max-size': `${limits.logBytes / 1024}k`, 'max-file': '1' } },
      Init: loosened.noInit !== true,
      AutoRemove: false,
    },
  };
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
    `${limits.diskBytes / MiB} MiB written to disk in all`,
    `output ${limits.outputBytes / 1024} KiB a command`,
  ];
}

/** What a demo loosened, in words, for receipts. */
export function describeLoosened(loosened: Loosened): readonly string[] {
  return [
    ...(loosened.writableRoot === true ? ['writable root filesystem'] : []),
    ...(loosened.user === undefined ? [] : [`user ${loosened.user}`]),
    ...(loosened.memory === undefined ? [] : [`memory ${Math.round(loosened.memory / MiB)} MiB`]),
    ...(loosened.noInit === true ? ['no init process'] : []),
    ...(loosened.fileSize === undefined ? [] : [`files up to ${Math.round(loosened.fileSize / MiB)} MiB`]),
  ];
}
