import type { LayerAdvice, LayerRow } from './layer-report.ts';
import type { Paired } from './pair-history.ts';

/** Bytes from which a copy is worth a word. */
const worthAWord = 1_000_000;

/**
 * Advice from instructions and sizes alone, without files: each leads to its entry and demo.
 */
export function describeAdvice(rows: readonly LayerRow[], { lines }: Paired): readonly LayerAdvice[] {
  const secrets = new Set(lines.flatMap(({ instruction }) => instruction?.secrets ?? []));
  const copies = rows.filter((row) => isMetadataCopy(row) && bytesOf(row) >= worthAWord);
  const removals = rows.filter(isRemoval);
  return [
    ...(secrets.size > 0 ? [secretAdvice([...secrets])] : []),
    ...copies.map((row) => copyAdvice(row)),
    ...(removals.length > 0 ? [removalAdvice(removals)] : []),
  ];
}

function secretAdvice(names: readonly string[]): LayerAdvice {
  const shown = names.slice(0, 5).join(', ');
  return {
    entry: 'secrets-in-images',
    demo: 'secret-in-layer',
    text: `The history keeps the value of ${shown}: whoever has the image can read it`,
    bytes: null,
  };
}

/** A RUN that changes nothing but owners or modes writes every file once more. */
function isMetadataCopy({ instruction }: LayerRow): boolean {
  return instruction !== null && /^RUN (?:set -\w+(?: &&|;) )?(?:chown|chmod)\s[^&|;]*$/.test(instruction);
}

function copyAdvice(row: LayerRow): LayerAdvice {
  return {
    entry: 'copy-owner-and-mode',
    demo: 'chown-copies-layer',
    text: `Layer ${row.number} changes owners or modes, and stores its files a second time for that`,
    bytes: bytesOf(row),
  };
}

/** A RUN that begins with a removal removes what an earlier layer wrote. */
function isRemoval({ instruction, empty }: LayerRow): boolean {
  return !empty && instruction !== null && /^RUN (?:set -\w+(?: &&|;) )?rm\s/.test(instruction);
}

function removalAdvice(rows: readonly LayerRow[]): LayerAdvice {
  const layers = rows.map(({ number }) => number).join(', ');
  return {
    entry: 'deleted-files-still-take-space',
    demo: 'whiteouts',
    text: `Layer ${layers} removes files that a layer below still stores; reading the files tells how many bytes`,
    bytes: null,
  };
}

function bytesOf({ unpacked, compressed }: LayerRow): number {
  return unpacked ?? compressed ?? 0;
}
