/**
 * Keeps one container from being removed while its mounts are read. To read them the engine mounts them on its host, in
 * the container's root filesystem. A removal at that moment fails with most storage drivers ("directory not empty"); with
 * vfs it can also remove what is mounted there: the files of a volume or of a bind mount.
 */
export interface MountGuard {
  /**
   * Reads mounts of a container.
   * @returns null where the container is being removed
   */
  read<Value>(containerId: string, action: () => Promise<Value>): Promise<Value | null>;
  /** Removes a container, once nothing reads its mounts. */
  remove<Value>(containerId: string, action: () => Promise<Value>): Promise<Value>;
  /** Resolves when nothing reads any mounts. */
  settled(): Promise<void>;
}

/** Makes a guard for the containers of one run. */
export function createMountGuard(): MountGuard {
  const reads = new Map<string, Promise<void>>();
  const removals = new Set<string>();
  return {
    async read(containerId, action) {
      if (removals.has(containerId)) return null;
      const answer = action();
      // Another read of the same container may be under way.
      const over = Promise.allSettled([answer, reads.get(containerId)]).then(() => undefined);
      reads.set(containerId, over);
      try {
        return await answer;
      } finally {
        if (reads.get(containerId) === over) reads.delete(containerId);
      }
    },
    async remove(containerId, action) {
      removals.add(containerId);
      try {
        await reads.get(containerId);
        return await action();
      } finally {
        removals.delete(containerId);
      }
    },
    async settled() {
      await Promise.all(reads.values());
    },
  };
}
