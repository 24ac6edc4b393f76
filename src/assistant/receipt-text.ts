import type { ObjectCounts } from '../sandbox/receipt.ts';
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
  return `Receipt: ${where} · ${countsInWords(created)} · ${left} · ${ms} ms`;
}

function imageStore({ containerdStore, storageDriver }: NonNullable<Report['receipt']['engine']>): string {
  return containerdStore ? 'containerd image store' : storageDriver;
}

function countsInWords({ containers, images, volumes, networks }: ObjectCounts): string {
  const counts = { container: containers, image: images, volume: volumes, network: networks };
  const made = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}${count === 1 ? '' : 's'}`);
  return made.length === 0 ? 'nothing made' : `${made.join(', ')} made`;
}
