import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { labelNames } from './labels.ts';
import { limits } from './policy.ts';
import type { RunContext } from './run-context.ts';
import { SandboxError } from './sandbox-error.ts';

/** Milliseconds between two looks while the run does something. */
const interval = 500;

/** While the run only waits, for example for a click, every so many looks is enough. */
const looksWhenIdle = 10;

const MiB = 1024 * 1024;

const containersSchema = z.array(
  z.object({
    Id: z.string(),
    State: z.string(),
    SizeRw: z.number().nullish(),
    Mounts: z.array(z.object({ Type: z.string(), Destination: z.string(), RW: z.boolean().default(true) })).nullish(),
  }),
);

/**
 * Measures what the containers of a run have written to the engine's disk, and ends the run where it is too much. No
 * setting of a container bounds this everywhere: a file size limit does not bound the number of files, and sizes of
 * root filesystems need an engine on XFS with project quotas.
 * @param exceeded called once when the run has written more than the policy allows
 */
export function watchDisk(context: RunContext, exceeded: (error: SandboxError) => void): { stop(): void } {
  const stopped = new AbortController();
  const { signal } = stopped;
  const watch = async () => {
    for (let look = 1; !signal.aborted; look++) {
      await sleep(interval, undefined, { signal, ref: false });
      if (context.underWay.size === 0 && look % looksWhenIdle !== 0) continue;
      const written = await measureWritten(context);
      if (written > limits.diskBytes) {
        exceeded(diskLimit(written));
        return;
      }
    }
  };
  // An engine that does not answer is the other watch's affair.
  watch().catch(() => undefined);
  return { stop: () => stopped.abort() };
}

function diskLimit(written: number): SandboxError {
  const message = `The run wrote ${Math.ceil(written / MiB)} MiB or more to the engine's disk, more than its limit of ${limits.diskBytes / MiB} MiB, and was ended. See docs/sandbox.md`;
  return new SandboxError('disk-limit', message);
}

/** Bytes in the writable layers and mounts of the run's containers; a volume of several containers counts once each. */
async function measureWritten({ engine, runId, mountGuard }: RunContext): Promise<number> {
  const found = await engine.docker.listContainers({
    all: true,
    size: true,
    filters: { label: [`${labelNames.run}=${runId}`] },
  });
  const containers = containersSchema.parse(found);
  let total = containers.reduce((sum, { SizeRw }) => sum + (SizeRw ?? 0), 0);
  for (const { Id, State, Mounts } of containers) {
    if (State !== 'running') continue;
    for (const { Type, Destination, RW } of Mounts ?? []) {
      if (Type === 'tmpfs' || !RW || total > limits.diskBytes) continue;
      const enough = limits.diskBytes - total;
      const bytes = await mountGuard.read(Id, async () =>
        countBytes(await engine.docker.getContainer(Id).getArchive({ path: Destination }), enough),
      );
      total += bytes ?? 0;
    }
  }
  return total;
}

/** Counts the bytes of a stream until there are more than enough. */
async function countBytes(stream: NodeJS.ReadableStream, enough: number): Promise<number> {
  let count = 0;
  try {
    for await (const chunk of stream) {
      count += chunk.length;
      if (count > enough) return count;
    }
  } catch {
    // Files that change while they are read break the archive off; what came counts.
  }
  return count;
}
