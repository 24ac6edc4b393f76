import { type ArchiveSize, measureArchive } from './archive-size.ts';
import { limits } from './policy.ts';
import type { RunContext } from './run-context.ts';
import { unlessGone } from './unless-gone.ts';

/** A container of the run, with what it mounts. */
export interface Mounting {
  readonly Id: string;
  readonly State: string;
  readonly Mounts?:
    | readonly {
        readonly Type: string;
        readonly Name?: string | undefined;
        readonly Source: string;
        readonly Destination: string;
        readonly RW: boolean;
      }[]
    | null
    | undefined;
}

/** A volume or shared directory as it was found when it was last read. */
interface Measured extends ArchiveSize {
  /** Whether nothing ran that could have written to it since. */
  readonly settled: boolean;
}

/** Where something is mounted: in which container, whether that runs, and at which path. */
interface Place {
  readonly id: string;
  readonly running: boolean;
  readonly path: string;
}

/**
 * Makes a measure of the volumes and shared directories of a run. What nothing has written to since is not read again.
 * @returns the measure; it throws what the client library throws, and AnswerUnreadable
 */
export function createPlaceMeasure(
  context: RunContext,
): (containers: readonly Mounting[], signal: AbortSignal) => Promise<ArchiveSize> {
  const { docker } = context.engine;
  const places = new Map<string, Measured>();

  /** A volume that nothing mounts any more counts as it was, until it is gone. */
  async function forgetRemoved(mounted: ReadonlyMap<string, Place>): Promise<void> {
    for (const place of [...places.keys()].filter((name) => !mounted.has(name) && !name.includes('/'))) {
      const found = await unlessGone(() => docker.getVolume(place).inspect());
      if (found === null) places.delete(place);
    }
  }

  return async (containers, signal) => {
    const mounted = placesOf(containers);
    for (const [name, place] of mounted) {
      if (!place.running && places.get(name)?.settled === true) continue;
      const read = () => unlessGone(() => readPlace(context, place, signal));
      const measured = await context.mountGuard.read(place.id, read);
      if (measured !== null) places.set(name, { ...measured, settled: !place.running });
    }
    await forgetRemoved(mounted);
    const found = [...places.values()];
    const sum = (of: (place: Measured) => number) => found.reduce((total, place) => total + of(place), 0);
    return { bytes: sum(({ bytes }) => bytes), files: sum(({ files }) => files) };
  };
}

/** What can be written to, each place once, by the name of its volume or directory. */
function placesOf(containers: readonly Mounting[]): ReadonlyMap<string, Place> {
  const mounted = new Map<string, Place>();
  // Whoever runs goes first: of a container that does not run the engine has to mount all there is before it reads.
  const sorted = [...containers].sort((a, b) => Number(b.State === 'running') - Number(a.State === 'running'));
  for (const { Id, State, Mounts } of sorted) {
    for (const { Type, Name, Source, Destination, RW } of Mounts ?? []) {
      const name = Name || Source || `${Id}:${Destination}`;
      if (Type === 'tmpfs' || !RW || mounted.has(name)) continue;
      mounted.set(name, { id: Id, running: State === 'running', path: Destination });
    }
  }
  return mounted;
}

async function readPlace({ engine }: RunContext, { id, path }: Place, abortSignal: AbortSignal): Promise<ArchiveSize> {
  const archive = await engine.docker.getContainer(id).getArchive({ path, abortSignal });
  const found = await measureArchive(toBuffers(archive), { bytes: limits.diskBytes, files: limits.diskFiles });
  // What came counts already where it is too much; otherwise the look has failed.
  if (found.brokenOff !== null && found.bytes <= limits.diskBytes) throw found.brokenOff;
  return found;
}

async function* toBuffers(stream: NodeJS.ReadableStream): AsyncGenerator<Buffer, void, void> {
  for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}
