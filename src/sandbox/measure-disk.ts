import { z } from 'zod';
import type { ArchiveSize } from './archive-size.ts';
import { readFacts } from './container-facts.ts';
import { answerIds, readAnswer } from './engine-answer.ts';
import { imageLabelNames, labelNames } from './labels.ts';
import { createPlaceMeasure } from './measure-places.ts';
import type { RunContext } from './run-context.ts';
import { unlessGone } from './unless-gone.ts';
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

/**
 * Makes a measure of what a run has written: in root filesystems of its containers and of those that the builder makes
 * for it, in volumes and shared directories, in layers of images, and in files without a name. Files and directories
 * count too, for each takes room of its own, also an empty one.
 * @returns the measure; it throws what the client library throws, and AnswerUnreadable
 */
export function createDiskMeasure(context: RunContext): (signal: AbortSignal) => Promise<ArchiveSize> {
  const measurePlaces = createPlaceMeasure(context);
  const countNameless = createNamelessCount(context);
  return async (signal) => {
    const containers = await listContainers(context, signal);
    const inPlaces = await measurePlaces(containers, signal);
    let bytes = inPlaces.bytes + (await measureImages(context, signal));
    let files = inPlaces.files;
    for (const container of containers) {
      bytes += (container.SizeRw ?? 0) + (await countNameless(container));
      files += await countChanges(context, container);
    }
    return { bytes, files };
  };
}

async function listContainers({ engine, runId }: RunContext, abortSignal: AbortSignal): Promise<ListedContainer[]> {
  const filters = { label: [`${labelNames.run}=${runId}`] };
  const found: unknown = await engine.docker.listContainers({ all: true, size: true, filters, abortSignal });
  return readAnswer(containersSchema, found).filter(({ Labels }) => Labels?.[labelNames.run] === runId);
}

/** Only a root filesystem that can be written to is worth the question. */
async function countChanges({ engine, readOnlyRoots }: RunContext, { Id, State }: ListedContainer): Promise<number> {
  if (State !== 'running' || readOnlyRoots.has(Id)) return 0;
  const found = await unlessGone(() => engine.docker.getContainer(Id).changes());
  return readAnswer(changesSchema, found)?.length ?? 0;
}

/** Makes a count of the bytes in files without a name, where the engine is on this host. */
function createNamelessCount({ engine }: RunContext): (container: ListedContainer) => Promise<number> {
  const pids = new Map<string, number>();
  return async ({ Id, State }) => {
    if (State !== 'running' || !engine.address.startsWith('unix:')) return 0;
    if (!pids.has(Id)) {
      const found = await unlessGone(() => engine.docker.getContainer(Id).inspect());
      if (found !== null) pids.set(Id, readFacts(found).pid);
    }
    return countUnlinked(pids.get(Id) ?? 0, Id);
  };
}

/** Layers above the base image, each once: an image that another one was built on counts with its own part only. */
async function measureImages({ engine, runId, images }: RunContext, abortSignal: AbortSignal): Promise<number> {
  if (!images.made) return 0;
  const filters = JSON.stringify({ label: [`${imageLabelNames.run}=${runId}`] });
  const found = readAnswer(imagesSchema, await engine.docker.listImages({ all: true, filters, abortSignal }));
  const sizes = new Map(found.map(({ Id, Size }) => [Id, Size]));
  const own = found.map(({ ParentId, Size }) => Size - (sizes.get(ParentId) ?? images.baseBytes));
  return own.reduce((sum, bytes) => sum + Math.max(0, bytes), 0);
}
