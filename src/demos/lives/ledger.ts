import type { ContainerSpec, Mount } from '../../sandbox/sandbox.ts';
import type { FileAccess } from './file-access.ts';
import type { Life, LifeEvent } from './life.ts';

/** Where the lives of a run's objects are written down. */
export interface Ledger {
  note(kind: Life['kind'], name: string, ...events: readonly LifeEvent[]): void;
  /** Notes a volume as made at its first call: a container that mounts an unknown one makes it. */
  volumeIs(name: string): void;
  /** Notes that a volume is gone, if it ever was there. */
  volumeGone(name: string): void;
  /** Notes what a container's script did to files: in its own filesystem, or in the volume that is mounted there. */
  used(spec: ContainerSpec, accesses: readonly FileAccess[]): void;
  /** What was noted since the last call. */
  take(): readonly Life[];
}

/** Makes an empty ledger. */
export function createLedger(): Ledger {
  let lives: Life[] = [];
  const volumes = new Set<string>();
  const note: Ledger['note'] = (kind, name, ...events) => {
    for (const event of events) lives.push({ kind, name, event });
  };
  return {
    note,
    volumeIs(name) {
      if (volumes.has(name)) return;
      volumes.add(name);
      note('volume', name, 'made');
    },
    volumeGone(name) {
      if (volumes.delete(name)) note('volume', name, 'removed');
    },
    used(spec, accesses) {
      for (const { path, event } of accesses) {
        const mount = mountAt(spec, path);
        if (mount === null) note('container', containerName(spec), event);
        else if (mount.type === 'volume')
          lives.push({ kind: 'volume', name: mount.volume.shownName, event, by: containerName(spec) });
      }
    },
    take() {
      const taken = lives;
      lives = [];
      return taken;
    },
  };
}

/** The name of a container in command lines. */
export function containerName({ name }: Pick<ContainerSpec, 'name'>): string {
  return `demo-${name}`;
}

/** The mount under which a path of a container is; null where it is in the container's own filesystem. */
function mountAt({ mounts = [] }: ContainerSpec, path: string): Mount | null {
  return mounts.find((mount) => path === mount.path || path.startsWith(`${mount.path}/`)) ?? null;
}
