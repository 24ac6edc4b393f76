import type { Engine } from './engine.ts';
import { reapHostDirectories } from './host-directory.ts';
import { isProcessAlive, labelNames, thisProcess } from './labels.ts';
import { findLabelled, type Labelled, type Leftovers, removeFound } from './leftovers.ts';
import { toSandboxError } from './sandbox-error.ts';

/** What the reaper needs to know of this Dockproof. */
export interface ReaperOptions {
  readonly owner: string;
  /** Runs of this process that are under way and must not be touched. */
  readonly activeRuns: ReadonlySet<string>;
  /** The time, in milliseconds since 1970. */
  readonly now: number;
}

/**
 * Removes what runs of this Dockproof left: those of processes that are dead, those past their expiry, and those of
 * this process that are no longer under way. It finds them by their owner label, so it never touches what another
 * Dockproof or another tool made.
 * @returns how many objects it removed
 * @throws SandboxError where the engine cannot be reached, or fails to remove something, after it has tried all
 */
export async function reap(engine: Engine, options: ReaperOptions): Promise<number> {
  // A sick engine is no reason to leave directories of this host.
  const directories = await reapHostDirectories(options.owner, options.activeRuns);
  try {
    const found = await findLabelled(engine.docker, 'owner', options.owner);
    return directories + (await removeFound(engine.docker, keepLeftOver(found, options)));
  } catch (error) {
    const cause = error instanceof AggregateError ? error.cause : error;
    throw toSandboxError(cause, engine.address, 'remove what an earlier run left');
  }
}

function keepLeftOver(found: Leftovers, options: ReaperOptions): Leftovers {
  const isLeftOver = ({ labels }: Labelled) => {
    if (options.activeRuns.has(labels[labelNames.run] ?? '')) return false;
    const expired = Number(labels[labelNames.expires] ?? 0) * 1000 < options.now;
    return expired || ownRunEnded(labels) || !isProcessAlive(labels[labelNames.process] ?? '');
  };
  return {
    containers: found.containers.filter(isLeftOver),
    images: found.images.filter(isLeftOver),
    volumes: found.volumes.filter(isLeftOver),
    networks: found.networks.filter(isLeftOver),
  };
}

/** An object of this very process whose run is not active: its removal failed when the run ended. */
function ownRunEnded(labels: Readonly<Record<string, string>>): boolean {
  return labels[labelNames.process] === thisProcess();
}
