import { z } from 'zod';
import { readAnswer } from './engine-answer.ts';
import { imageLabelNames, labelNames } from './labels.ts';
import { callEngine, type RunContext } from './run-context.ts';
import type { DiskUsage, UsageRow } from './sandbox.ts';

const labels = z.record(z.string(), z.string()).nullish();

/** Answer of GET /system/df (https://docs.docker.com/reference/api/engine/). Engines leave lists out when empty. */
const answerSchema = z.object({
  LayersSize: z.number().nullish(),
  Images: z
    .array(z.object({ Size: z.number(), SharedSize: z.number(), Containers: z.number(), Labels: labels }))
    .nullish(),
  Containers: z.array(z.object({ SizeRw: z.number().nullish(), State: z.string(), Labels: labels })).nullish(),
  Volumes: z
    .array(z.object({ UsageData: z.object({ Size: z.number(), RefCount: z.number() }).nullish(), Labels: labels }))
    .nullish(),
  BuildCache: z.array(z.object({ Size: z.number(), InUse: z.boolean(), Shared: z.boolean() })).nullish(),
});

type Answer = z.output<typeof answerSchema>;

/** Measures disk usage as `docker system df` does. It only reads. */
export async function measureDiskUsage(context: RunContext): Promise<DiskUsage> {
  context.recorder.command('docker system df');
  const answer = await callEngine(context, 'measure disk usage', async () =>
    readAnswer(answerSchema, await context.engine.docker.df()),
  );
  const images = answer.Images ?? [];
  const layersSize = answer.LayersSize ?? 0;
  const used = sum(
    images.filter((image) => image.Containers > 0).map((image) => image.Size - Math.max(0, image.SharedSize)),
  );
  const isOwn = (item: { Labels?: Readonly<Record<string, string>> | null | undefined }) =>
    item.Labels?.[labelNames.run] === context.runId;
  const isOwnImage = (item: { Labels?: Readonly<Record<string, string>> | null | undefined }) =>
    item.Labels?.[imageLabelNames.run] === context.runId;
  const usage: DiskUsage = {
    images: { count: images.length, size: layersSize, reclaimable: Math.max(0, layersSize - used) },
    containers: containerRow(answer.Containers ?? []),
    volumes: volumeRow(answer.Volumes ?? []),
    buildCache: rowOf(
      answer.BuildCache ?? [],
      (item) => (item.Shared ? 0 : item.Size),
      (item) => !item.InUse,
    ),
    own: {
      containers: containerRow((answer.Containers ?? []).filter(isOwn)),
      volumes: volumeRow((answer.Volumes ?? []).filter(isOwn)),
      images: images.filter(isOwnImage).map((image) => ({ size: image.Size, shared: Math.max(0, image.SharedSize) })),
    },
  };
  const { own: _, ...totals } = usage;
  context.recorder.output(
    Object.entries(totals)
      .map(([kind, row]) => `${kind}: ${row.count}, ${row.size} B, reclaimable ${row.reclaimable} B`)
      .join('\n'),
  );
  return usage;
}

function containerRow(items: NonNullable<Answer['Containers']>): UsageRow {
  return rowOf(
    items,
    (item) => item.SizeRw ?? 0,
    (item) => item.State !== 'running',
  );
}

function volumeRow(items: NonNullable<Answer['Volumes']>): UsageRow {
  return rowOf(
    items,
    (item) => Math.max(0, item.UsageData?.Size ?? 0),
    (item) => item.UsageData?.RefCount === 0,
  );
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
