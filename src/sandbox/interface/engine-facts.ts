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
