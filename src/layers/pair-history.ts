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
export type ToldLine = Omit<HistoryLine, 'emptyLayer'> & {
  readonly bytes: number;
  /** How many layers the image had after it; null where nobody tells. */
  readonly layersSoFar: number | null;
};

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
 * line with bytes made one; of those without, what a Dockerfile's instruction can do decides, as far as it is decided,
 * and between two lines of which the number of layers is known only what is missing there is looked for.
 */
export function pairTold(history: readonly ToldLine[], layers: number): Paired {
  const made = history.map(({ bytes }) => bytes > 0);
  let begin = 0;
  let below = 0;
  let guessed = 0;
  let among = 0;
  for (const [index, { layersSoFar }] of history.entries()) {
    const isLast = index === history.length - 1;
    const reached = isLast ? layers : layersSoFar;
    if (reached === null || reached < below) continue;
    const found = chooseMade(history.slice(begin, index + 1), reached - below);
    for (const place of found.chosen) made[begin + place] = true;
    if (found.guessed) {
      guessed += found.chosen.length;
      among += found.among;
    }
    begin = index + 1;
    below = reached;
  }
  const notes =
    guessed === 0
      ? []
      : [
          `${guessed} of ${among} instructions without bytes made a layer all the same, and the engine does not tell which`,
        ];
  return pair(history, made, layers, notes);
}

/** Chooses lines without bytes that made a layer. @param layers how many layers all of the lines made */
function chooseMade(lines: readonly ToldLine[], layers: number) {
  const missing = Math.max(0, layers - lines.filter(({ bytes }) => bytes > 0).length);
  const candidates = lines.flatMap((line, index) => (line.bytes === 0 && canMake(line) ? [index] : []));
  // BuildKit makes a layer for each of them, also an empty one; the classic builder makes none where nothing changed.
  const certain = candidates.filter((index) => isBuildKit(lines[index]));
  const first = certain.length <= missing ? certain : [];
  const others = candidates.filter((index) => !first.includes(index));
  return {
    chosen: [...first, ...others].slice(0, missing),
    guessed: missing > 0 && candidates.length > missing && certain.length !== missing,
    among: candidates.length,
  };
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
