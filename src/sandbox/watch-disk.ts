import { keepLooking } from './keep-looking.ts';
import { createDiskMeasure } from './measure-disk.ts';
import { limits } from './policy.ts';
import type { RunContext } from './run-context.ts';
import { SandboxError, toSandboxError } from './sandbox-error.ts';

/** Milliseconds between two looks, for how long one may take, and how many may fail in a row. */
const looks = { interval: 500, patience: 5000, tries: 3 } as const;

/** While the run only waits, for example for a click, every so many looks is enough. */
const looksWhenIdle = 10;

const MiB = 1024 * 1024;

/**
 * Measures what a run has written to the engine's disk, and ends the run where it is too much, or where it cannot be
 * measured. No setting of a container bounds this everywhere: a file size limit does not bound the number of files, and
 * sizes of root filesystems need an engine on XFS with project quotas.
 * @param exceeded called once when the run has written more than the policy allows, or when nobody can tell
 */
export function watchDisk(context: RunContext, exceeded: (error: SandboxError) => void): { stop(): void } {
  const measure = createDiskMeasure(context);
  let turn = 0;
  return keepLooking({
    ...looks,
    async look(signal) {
      turn++;
      if (context.underWay.size === 0 && turn % looksWhenIdle !== 0) return true;
      const { bytes, files } = await measure(signal);
      if (bytes <= limits.diskBytes && files <= limits.diskFiles) return true;
      exceeded(diskLimit(bytes, files));
      return false;
    },
    failed: (cause) => exceeded(unmeasured(context, cause)),
  });
}

function diskLimit(bytes: number, files: number): SandboxError {
  const [written, limit] =
    bytes > limits.diskBytes
      ? [`${Math.ceil(bytes / MiB)} MiB or more`, `${limits.diskBytes / MiB} MiB`]
      : [`${files} files or more`, `${limits.diskFiles} files`];
  const message = `The run wrote ${written} to the engine's disk, more than its limit of ${limit}, and was ended. See docs/sandbox.md`;
  return new SandboxError('disk-limit', message);
}

function unmeasured({ engine }: RunContext, cause: unknown): SandboxError {
  const reason = toSandboxError(cause, engine.address, 'tell what the run wrote').message;
  const message = `The run was ended, because what it wrote to the engine's disk could not be measured ${looks.tries} times in a row: ${reason}`;
  return new SandboxError('disk-unmeasured', message, { cause });
}
