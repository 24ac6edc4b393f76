import type { Instruction } from './hide-secrets.ts';
import { mayMakeLayer, readInstruction } from './instruction.ts';

/** A line of the history in an image's configuration (https://github.com/opencontainers/image-spec/blob/main/config.md). */
export interface HistoryLine {
  readonly createdBy: string;
  readonly comment: string;
  /** ISO 8601, as it stands there. */
  readonly created: string | null;
  /** Whether it says that it made no layer. */
  readonly emptyLayer: boolean;
}

/** A line of the history that an engine tells: with a size, but without saying whether it made a layer. */
export type ToldLine = Omit<HistoryLine, 'emptyLayer'> & { readonly bytes: number };

/** A line with what it made: `layer` is the place of its layer from 0 on, null for none. */
export interface PairedLine {
  readonly instruction: Instruction | null;
  readonly created: string | null;
  readonly layer: number | null;
}

/** Lines with their layers, and what a reader must know of that. */
export interface Paired {
  readonly lines: readonly PairedLine[];
  readonly notes: readonly string[];
}

/**
 * Pairs the history of an image's configuration with its layers, by what the history says of itself. Layers that it does
 * not name come without an instruction; lines beyond the last layer are flagged.
 * @param layers how many layers the image has
 */
export function pairHistory(history: readonly HistoryLine[], layers: number): Paired {
  return pair(
    history,
    history.map(({ emptyLayer }) => !emptyLayer),
    layers,
    [],
  );
}

/**
 * Pairs what an engine tells of an image's history with its layers. The engine does not say which lines made no layer: a
 * line with bytes made one; of those without, what a Dockerfile's instruction can do decides, as far as it is decided.
 */
export function pairTold(history: readonly ToldLine[], layers: number): Paired {
  const made = history.map(({ bytes }) => bytes > 0);
  const missing = layers - made.filter(Boolean).length;
  const candidates = history.flatMap((line, index) => (line.bytes === 0 && canMake(line) ? [index] : []));
  // BuildKit makes a layer for each of them, also an empty one; the classic builder makes none where nothing changed.
  const certain = candidates.filter((index) => isBuildKit(history[index]));
  const first = certain.length <= missing ? certain : [];
  const others = candidates.filter((index) => !first.includes(index));
  for (const index of [...first, ...others].slice(0, Math.max(0, missing))) made[index] = true;
  const guessed = missing > 0 && candidates.length > missing && certain.length !== missing;
  const notes = guessed
    ? [
        `${missing} of ${candidates.length} instructions without bytes made a layer all the same, and the engine does not tell which; reading the files does`,
      ]
    : [];
  return pair(history, made, layers, notes);
}

function pair(
  history: readonly Omit<HistoryLine, 'emptyLayer'>[],
  made: readonly boolean[],
  layers: number,
  notes: readonly string[],
): Paired {
  let next = 0;
  let beyond = 0;
  const lines: PairedLine[] = history.map(({ createdBy, comment, created }, index) => {
    const line = { instruction: readInstruction(createdBy, comment), created };
    if (made[index] !== true) return { ...line, layer: null };
    if (next < layers) return { ...line, layer: next++ };
    beyond++;
    return { ...line, layer: null };
  });
  const named = next;
  while (next < layers) lines.push({ instruction: null, created: null, layer: next++ });
  const found = [...notes];
  if (beyond > 0)
    found.push(
      `The history names ${beyond} more ${beyond === 1 ? 'layer' : 'layers'} than the image has; it is not to be trusted`,
    );
  if (named < layers) {
    const left = layers - named;
    found.push(`The history does not say what made ${left === 1 ? 'one layer' : `${left} layers`}`);
  }
  return { lines, notes: found };
}

function canMake({ createdBy, comment }: ToldLine): boolean {
  return mayMakeLayer(readInstruction(createdBy, comment)?.text ?? null);
}

function isBuildKit(line: ToldLine | undefined): boolean {
  return line !== undefined && (line.comment.startsWith('buildkit') || line.createdBy.endsWith('# buildkit'));
}
