import { z } from 'zod';
import { type ArchiveSize, measureArchive } from './archive-size.ts';
import { readFacts } from './container-facts.ts';
import { answerIds, readAnswer } from './engine-answer.ts';
import { imageLabelNames, labelNames } from './labels.ts';
import { limits } from './policy.ts';
import type { RunContext } from './run-context.ts';
import { statusOf } from './sandbox-error.ts';
import { countUnlinked } from './unlinked-files.ts';

const labels = z.record(z.string(), z.string()).nullish();

const containersSchema = z.array(
  z.object({
    Id: answerIds.container,
    State: z.string(),
    SizeRw: z.number().nullish(),
    Labels: labels,
    Mounts: z
      .array(
        z.object({
          Type: z.string(),
          Name: z.string().optional(),
          Source: z.string().default(''),
          Destination: z.string(),
          RW: z.boolean().default(true),
        }),
      )
      .nullish(),
  }),
);

type ListedContainer = z.output<typeof containersSchema>[number];

const imagesSchema = z.array(
  z.object({ Id: answerIds.image, ParentId: z.string().default(''), Size: z.number(), Labels: labels }),
);

const changesSchema = z.array(z.unknown()).nullable();

/** What a run has on the engine's disk. */
export type Written = ArchiveSize;

/** A volume or shared directory as it was found when it was last read. */
interface Measured extends Written {
  /** Whether nothing ran that could have written to it since. */
  readonly settled: boolean;
}

/**
 * Makes a measure of what a run has written: in root filesystems of its containers and of those that the builder makes
 * for it, in volumes and shared directories, in layers of images, and in files without a name. Files and directories
 * count too, for each takes room of its own, also an empty one.
 * @returns the measure; it throws what the client library throws, and AnswerUnreadable
 */
export function createDiskMeasure(context: RunContext): (signal: AbortSignal) => Promise<Written> {
  const { engine, runId, mountGuard } = context;
  const { docker } = engine;
  const places = new Map<string, Measured>();
  const pids = new Map<string, number>();

  async function listContainers(abortSignal: AbortSignal): Promise<ListedContainer[]> {
    const filters = { label: [`${labelNames.run}=${runId}`] };
    const found: unknown = await docker.listContainers({ all: true, size: true, filters, abortSignal });
    return readAnswer(containersSchema, found).filter(({ Labels }) => Labels?.[labelNames.run] === runId);
  }

  /** Only a root filesystem that can be written to is worth the question. */
  async function countChanges({ Id, State }: ListedContainer): Promise<number> {
    if (State !== 'running' || context.readOnlyRoots.has(Id)) return 0;
    const found = await unlessGone(() => docker.getContainer(Id).changes());
    return readAnswer(changesSchema, found)?.length ?? 0;
  }

  async function countNameless({ Id, State }: ListedContainer): Promise<number> {
    if (State !== 'running' || !engine.address.startsWith('unix:')) return 0;
    if (!pids.has(Id)) {
      const found = await unlessGone(() => docker.getContainer(Id).inspect());
      if (found !== null) pids.set(Id, readFacts(found).pid);
    }
    return countUnlinked(pids.get(Id) ?? 0, Id);
  }

  /** Layers above the base image, each once: an image that another one was built on counts with its own part only. */
  async function measureImages(abortSignal: AbortSignal): Promise<number> {
    if (!context.images.made) return 0;
    const filters = JSON.stringify({ label: [`${imageLabelNames.run}=${runId}`] });
    const images = readAnswer(imagesSchema, await docker.listImages({ all: true, filters, abortSignal }));
    const sizes = new Map(images.map(({ Id, Size }) => [Id, Size]));
    const own = images.map(({ ParentId, Size }) => Size - (sizes.get(ParentId) ?? context.images.baseBytes));
    return own.reduce((sum, bytes) => sum + Math.max(0, bytes), 0);
  }

  async function measurePlaces(containers: readonly ListedContainer[], signal: AbortSignal): Promise<void> {
    const mounted = new Map<string, { readonly ids: string[]; readonly running: boolean; readonly path: string }>();
    // Whoever runs goes first: of a container that does not run the engine has to mount all there is before it reads.
    const sorted = [...containers].sort((a, b) => Number(b.State === 'running') - Number(a.State === 'running'));
    for (const { Id, State, Mounts } of sorted) {
      for (const { Type, Name, Source, Destination, RW } of Mounts ?? []) {
        const place = Name || Source || `${Id}:${Destination}`;
        if (Type === 'tmpfs' || !RW || mounted.has(place)) continue;
        mounted.set(place, { ids: [Id], running: State === 'running', path: Destination });
      }
    }
    for (const [place, { ids, running, path }] of mounted) {
      if (!running && places.get(place)?.settled === true) continue;
      const [id = ''] = ids;
      const measured = await mountGuard.read(id, () => unlessGone(() => readPlace(id, path, signal)));
      if (measured !== null) places.set(place, { ...measured, settled: !running });
    }
    await forgetRemoved(new Set(mounted.keys()));
  }

  async function readPlace(id: string, path: string, abortSignal: AbortSignal): Promise<Written> {
    const archive = await docker.getContainer(id).getArchive({ path, abortSignal });
    const found = await measureArchive(toBuffers(archive), { bytes: limits.diskBytes, files: limits.diskFiles });
    // What came counts already where it is too much; otherwise the look has failed.
    if (found.brokenOff !== null && found.bytes <= limits.diskBytes) throw found.brokenOff;
    return found;
  }

  /** A volume that nothing mounts any more counts as it was, until it is gone. */
  async function forgetRemoved(mounted: ReadonlySet<string>): Promise<void> {
    for (const place of [...places.keys()].filter((name) => !mounted.has(name) && !name.includes('/'))) {
      const found = await unlessGone(() => docker.getVolume(place).inspect());
      if (found === null) places.delete(place);
    }
  }

  return async (signal) => {
    const containers = await listContainers(signal);
    await measurePlaces(containers, signal);
    let bytes = await measureImages(signal);
    let files = 0;
    for (const container of containers) {
      bytes += (container.SizeRw ?? 0) + (await countNameless(container));
      files += await countChanges(container);
    }
    for (const place of places.values()) {
      bytes += place.bytes;
      files += place.files;
    }
    return { bytes, files };
  };
}

/** @returns null where what is asked for is gone, or going */
async function unlessGone<Value>(ask: () => Promise<Value>): Promise<Value | null> {
  try {
    return await ask();
  } catch (error) {
    const status = statusOf(error);
    if (status === 404 || status === 409) return null;
    throw error;
  }
}

async function* toBuffers(stream: NodeJS.ReadableStream): AsyncGenerator<Buffer, void, void> {
  for await (const chunk of stream) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}
