import { humanSize } from '../sandbox/human-size.ts';
import type { LayerComparison, LayerReport, LayerRow } from './layers.ts';

export { plainPath } from '../layers/plain-path.ts';

/** Writes a size for people, as the Docker client does, such as `48.5 MB`; a dash where it is not known. */
export function tellSize(bytes: number | null): string {
  return bytes === null ? '–' : humanSize(bytes, 3).replace(/(?<=\d)(?=[A-Za-z])/, ' ');
}

/** The size of a row in the kind that its report has: unpacked where it is known. */
export function sizeOf({ unpacked, compressed }: LayerRow): number | null {
  return unpacked ?? compressed;
}

const ages = [
  ['year', 365 * 24 * 3600],
  ['month', 30 * 24 * 3600],
  ['week', 7 * 24 * 3600],
  ['day', 24 * 3600],
  ['hour', 3600],
  ['minute', 60],
] as const;

/**
 * Writes how old something is, such as `3 weeks`; a dash where nobody tells.
 * @param now milliseconds since 1970
 */
export function tellAge(created: string | null, now: number): string {
  if (created === null) return '–';
  const seconds = (now - Date.parse(created)) / 1000;
  const [word, length] = ages.find(([, age]) => seconds >= age) ?? ['minute', 60];
  const count = Math.max(1, Math.floor(seconds / length));
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** The first line about an image: what it is, how large, and where that is from. */
export function tellTotals({ platform, source, totals }: LayerReport): string {
  const { layers, compressed, unpacked, base } = totals;
  const sizes = [
    ...(unpacked === null ? [] : [`${tellSize(unpacked)} unpacked`]),
    ...(compressed === null ? [] : [`${tellSize(compressed)} compressed`]),
  ];
  const ofBase = base === null ? '' : `, ${tellSize(base)} of it from its base`;
  const where = source === 'engine' ? 'on the engine here' : 'at its registry';
  const all = `${layers} ${layers === 1 ? 'layer' : 'layers'}, ${sizes.join(', ') || 'of unknown size'}${ofBase}`;
  return `${all}; ${platform === null ? '' : `${platform}, `}${where}`;
}

/** What two images share, and what the second costs beside the first; one sentence a line. */
export function tellComparison({ a, b, shared, onTop, gone, sizes }: LayerComparison): string[] {
  const size = (bytes: number | null) => (bytes === null ? '' : ` (${tellSize(bytes)})`);
  const count = (layers: number) => `${layers} ${layers === 1 ? 'layer' : 'layers'}`;
  const common = `Both have ${count(shared.layers)} in common${size(shared.bytes)}: an engine stores them once.`;
  const told =
    a.digest === b.digest
      ? ['Both are the same image.', common]
      : [
          common,
          `${b.image} needs ${count(onTop.layers)} on top of ${a.image}${size(onTop.bytes)}.`,
          `${a.image} has ${count(gone.layers)} that ${b.image} has not${size(gone.bytes)}.`,
        ];
  return [
    ...told,
    sizes === null
      ? 'Their sizes are of two kinds, and are not to be compared: one is from an engine, the other from a registry.'
      : `Sizes are ${sizes}.`,
  ];
}
