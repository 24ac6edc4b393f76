import { z } from 'zod';
import { callEngine, type RunContext } from './run-context.ts';
import type { DiskUsage, UsageRow } from './sandbox.ts';

/** Answer of GET /system/df (https://docs.docker.com/reference/api/engine/). Engines leave lists out when empty. */
const answerSchema = z.object({
  LayersSize: z.number().nullish(),
  Images: z.array(z.object({ Size: z.number(), SharedSize: z.number(), Containers: z.number() })).nullish(),
  Containers: z.array(z.object({ SizeRw: z.number().nullish(), State: z.string() })).nullish(),
  Volumes: z.array(z.object({ UsageData: z.object({ Size: z.number(), RefCount: z.number() }).nullish() })).nullish(),
  BuildCache: z.array(z.object({ Size: z.number(), InUse: z.boolean(), Shared: z.boolean() })).nullish(),
});

/** Measures disk usage as `docker system df` does. It only reads. */
export async function measureDiskUsage(context: RunContext): Promise<DiskUsage> {
  context.recorder.command('docker system df');
  const answer = answerSchema.parse(await callEngine(context, 'measure disk usage', () => context.engine.docker.df()));
  const images = answer.Images ?? [];
  const layersSize = answer.LayersSize ?? 0;
  const used = sum(
    images.filter((image) => image.Containers > 0).map((image) => image.Size - Math.max(0, image.SharedSize)),
  );
  const usage: DiskUsage = {
    images: { count: images.length, size: layersSize, reclaimable: Math.max(0, layersSize - used) },
    containers: rowOf(
      answer.Containers ?? [],
      (item) => item.SizeRw ?? 0,
      (item) => item.State !== 'running',
    ),
    volumes: rowOf(
      answer.Volumes ?? [],
      (item) => Math.max(0, item.UsageData?.Size ?? 0),
      (item) => item.UsageData?.RefCount === 0,
    ),
    buildCache: rowOf(
      answer.BuildCache ?? [],
      (item) => (item.Shared ? 0 : item.Size),
      (item) => !item.InUse,
    ),
  };
  context.recorder.output(
    Object.entries(usage)
      .map(
        ([kind, row]: [string, UsageRow]) => `${kind}: ${row.count}, ${row.size} B, reclaimable ${row.reclaimable} B`,
      )
      .join('\n'),
  );
  return usage;
}

function rowOf<Item>(
  items: readonly Item[],
  size: (item: Item) => number,
  reclaimable: (item: Item) => boolean,
): UsageRow {
  return {
    count: items.length,
    size: sum(items.map(size)),
    reclaimable: sum(items.filter(reclaimable).map(size)),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
