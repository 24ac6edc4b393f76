import type { Life } from '../../demos/lives/life.ts';

/** A stretch of an object's life, in steps from the run's beginning: 1.5 is the middle of the second. */
export interface PlacedSpan {
  readonly from: number;
  readonly to: number;
  /** False for a container that does not run. */
  readonly lives: boolean;
}

/** A use of an object's files. */
export interface Touch {
  readonly at: number;
  readonly event: 'wrote' | 'read' | 'missed';
  /** The container that used them, where it is not the object itself. */
  readonly by: string | null;
}

/** The life of one object, placed on the axis of steps. */
export interface PlacedLine {
  readonly kind: Life['kind'];
  readonly name: string;
  readonly spans: readonly PlacedSpan[];
  readonly removedAt: readonly number[];
  readonly touches: readonly Touch[];
}

interface OpenLine {
  readonly kind: Life['kind'];
  readonly name: string;
  readonly spans: PlacedSpan[];
  readonly removedAt: number[];
  readonly touches: Touch[];
  /** Since when it is as it is now; null while it is not there. */
  since: number | null;
  lives: boolean;
}

/**
 * Places what was recorded: each step as wide as any other, what happened in it in equal distances.
 * @param steps what each step recorded, in order
 * @returns the objects in the order in which they were made
 */
export function placeLives(steps: readonly (readonly Life[])[]): readonly PlacedLine[] {
  const lines = new Map<string, OpenLine>();
  steps.forEach((lives, index) => {
    const moments = groupMoments(lives);
    moments.forEach((moment, number) => {
      const at = index + (number + 1) / (moments.length + 1);
      for (const life of moment) place(lineOf(lines, life), life, at);
    });
  });
  for (const line of lines.values()) close(line, steps.length);
  return [...lines.values()];
}

/** A container that is run is made and started at once. */
function groupMoments(lives: readonly Life[]): Life[][] {
  const moments: Life[][] = [];
  for (const life of lives) {
    const last = moments.at(-1);
    const before = last?.[0];
    if (
      last &&
      before?.event === 'made' &&
      life.event === 'started' &&
      before.kind === life.kind &&
      before.name === life.name
    ) {
      last.push(life);
    } else moments.push([life]);
  }
  return moments;
}

function lineOf(lines: Map<string, OpenLine>, { kind, name }: Life): OpenLine {
  const key = `${kind} ${name}`;
  const known = lines.get(key);
  if (known) return known;
  const line: OpenLine = { kind, name, spans: [], removedAt: [], touches: [], since: null, lives: false };
  lines.set(key, line);
  return line;
}

function place(line: OpenLine, { kind, event, by }: Life, at: number): void {
  if (event === 'wrote' || event === 'read' || event === 'missed') {
    line.touches.push({ at, event, by: by ?? null });
    return;
  }
  close(line, at);
  if (event === 'removed') {
    line.removedAt.push(at);
    line.since = null;
    return;
  }
  line.since = at;
  line.lives = kind !== 'container' || event === 'started';
}

/** Ends the stretch that is open, if one is. */
function close(line: OpenLine, at: number): void {
  if (line.since !== null && at > line.since) line.spans.push({ from: line.since, to: at, lives: line.lives });
  line.since = null;
}
