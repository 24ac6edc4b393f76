import { fileAdvice } from './file-advice.ts';
import type { ImageFiles } from './files/image-files.ts';
import type { LayerReport } from './layer-report.ts';
import { sizesOf, totalsOf } from './layer-rows.ts';

/** Adds to a report what reading the files of its layers told. */
export function withFiles(report: LayerReport, { hidden, notes, ...files }: ImageFiles): LayerReport {
  const rows = report.layers.map((row) => {
    const read = row.number === null ? undefined : files.layers[row.number - 1];
    if (read === undefined) return row;
    // What an engine counts is what it keeps; what was read is the same where nobody counted.
    const unpacked = row.unpacked ?? (files.complete ? read.contents : null);
    return { ...row, diffId: row.diffId ?? read.diffId, unpacked };
  });
  const totals = report.source === 'engine' ? report.totals : totalsOf(rows);
  return {
    ...report,
    layers: rows,
    totals,
    sizes: sizesOf(totals),
    hidden,
    files,
    advice: fileAdvice(report.advice, hidden, files.secrets),
    notes: [...report.notes, ...notes],
  };
}
