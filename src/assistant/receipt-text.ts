import { describeCounts, describeWarmStart, type Report } from './report.ts';

/** One fact of a receipt, by its name. */
export interface ReceiptRow {
  readonly name: string;
  readonly value: string;
}

/** A whole receipt, fact by fact, in the order in which it reads. */
export function receiptRows({ receipt }: Pick<Report, 'receipt'>): readonly ReceiptRow[] {
  const { engine, created, leftovers } = receipt;
  const rows: readonly (readonly [string, string | null])[] = [
    [
      'engine',
      engine === null
        ? 'none'
        : `${engine.product} ${engine.version}, API ${engine.apiVersion}, ${imageStore(engine)}, ${engine.os}, kernel ${engine.kernel}, ${engine.architecture}`,
    ],
    ['host', engine?.host ?? 'none'],
    ['base image', receipt.baseImage ?? 'none'],
    ['limits', receipt.limits.join('; ')],
    ['loosened', receipt.loosened.length > 0 ? receipt.loosened.join('; ') : null],
    ['made', describeCounts(created)],
    [
      'left over',
      leftovers < 0 ? 'unknown: the engine did not answer; the next run or start removes it' : String(leftovers),
    ],
    ['made ahead', receipt.warm === null ? null : describeWarmStart(receipt.warm)],
    ['took', `${receipt.ms} ms, ${receipt.engineMs} of it in the engine, started ${receipt.startedAt}`],
    ['run', receipt.runId],
  ];
  return rows.flatMap(([name, value]) => (value === null ? [] : [{ name, value }]));
}

/** A receipt in one line: where it ran, what it made, what is left, how long it took. */
export function receiptLine({ receipt }: Pick<Report, 'receipt'>): string {
  const { engine, created, leftovers, ms } = receipt;
  const where = engine === null ? 'no engine' : `${engine.product} ${engine.version}, ${imageStore(engine)}`;
  const left = leftovers < 0 ? 'leftovers unknown, removed later' : `${leftovers} left over`;
  return `Receipt: ${where} · ${describeCounts(created)} made · ${left} · ${ms} ms`;
}

function imageStore({ containerdStore, storageDriver }: NonNullable<Report['receipt']['engine']>): string {
  return containerdStore ? 'containerd image store' : storageDriver;
}
