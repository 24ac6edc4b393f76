import type { Life } from '../demos/lives/life.ts';
import type { Mark, Pen } from './drawing/pen.ts';
import { type PlacedLine, type PlacedSpan, placeLives } from './drawing/place-lives.ts';
import { wrapText } from './drawing/text-width.ts';
import { figureWidth, margin, type Picture } from './drawing/to-svg.ts';

/** What a run recorded, step by step. */
export interface RecordedRun {
  /** The demo's title. */
  readonly title: string;
  readonly steps: readonly { readonly title: string; readonly lives: readonly Life[] }[];
}

const labels = 150;
const row = 36;
/** Objects that are drawn at most; the rest are counted. */
const mostLines = 12;

const notRunning = { radius: 3, fill: 'none', dashed: true } as const;

const colours = { container: 'container', image: 'image', tag: 'image', volume: 'kept', network: 'other' } as const;

/**
 * Draws the lives of a run's objects: a bar each from made to removed, step by step, with what was written, read and
 * looked for in vain. Nothing is drawn that was not recorded.
 * @returns null where nothing was recorded
 */
export function drawLifeLines(run: RecordedRun): Picture | null {
  const lines = placeLives(run.steps.map(({ lives }) => lives));
  if (lines.length === 0) return null;
  const shown = lines.slice(0, mostLines);
  return {
    title: run.title,
    alt: describe(run, lines),
    draw(pen, top) {
      const left = margin + labels;
      const width = figureWidth - margin - left;
      const x = (at: number) => left + (at / run.steps.length) * width;
      const first = top + 30;
      const end = first + shown.length * row;
      const notes = lines.length > shown.length ? [`and ${lines.length - shown.length} more`] : [];
      const below = [...notes, ...run.steps.flatMap(({ title }, index) => stepLines(index + 1, title))];
      return {
        marks: [
          ...columns(pen, run.steps.length, { x, top: first - 22, bottom: end }),
          ...joins(pen, shown, x, first),
          ...shown.flatMap((line, index) => drawLine(pen, line, x, first + index * row)),
          ...below.map((text, index) =>
            pen.text(margin, end + 20 + index * 20, text, { size: 13, width: figureWidth - 2 * margin }),
          ),
          ...legend(pen, shown, end + 26 + below.length * 20),
        ],
        bottom: end + 36 + below.length * 20,
      };
    },
  };
}

/** A step's title, in as many lines as it needs. */
function stepLines(number: number, title: string): string[] {
  const lines = wrapText(title, figureWidth - 2 * margin - 20, { size: 13 });
  return lines.map((line, index) => (index === 0 ? `${number}  ${line}` : `    ${line}`));
}

/** Joins what was used with the container that used it. */
function joins(pen: Pen, lines: readonly PlacedLine[], x: (at: number) => number, first: number): Mark[] {
  const middle = (index: number) => first + index * row + row / 2;
  return lines.flatMap(({ touches }, index) =>
    touches.flatMap(({ at, by }) => {
      const user = lines.findIndex(({ kind, name }) => kind === 'container' && name === by);
      return user < 0
        ? []
        : [pen.line([x(at), middle(index)], [x(at), middle(user)], { colour: 'muted', dashed: true })];
    }),
  );
}

function columns(
  pen: Pen,
  count: number,
  { x, top, bottom }: { x: (at: number) => number; top: number; bottom: number },
): Mark[] {
  return Array.from({ length: count }, (_, index) => [
    pen.text(x(index + 0.5), top + 8, String(index + 1), { size: 13, anchor: 'middle', colour: 'muted' }),
    pen.line([x(index), top + 20], [x(index), bottom]),
  ]).flat();
}

function drawLine(pen: Pen, line: PlacedLine, x: (at: number) => number, y: number): Mark[] {
  const middle = y + row / 2;
  const colour = colours[line.kind];
  return [
    pen.text(margin, middle, line.kind, { size: 12, colour }),
    pen.text(margin + 64, middle, line.name.replace(/^demo-/, ''), { size: 12, mono: true, width: labels - 70 }),
    ...line.spans.map((span) => drawSpan(pen, span, colour, x, y)),
    ...line.removedAt.map((at) => pen.cross(x(at), middle, colour)),
    ...line.touches.map(({ at, event }) => {
      if (event === 'missed') return missedMark(pen, x(at), middle);
      return pen.dot(x(at), middle, { filled: event === 'wrote' });
    }),
  ];
}

function drawSpan(
  pen: Pen,
  { from, to, lives }: PlacedSpan,
  colour: (typeof colours)[keyof typeof colours],
  x: (at: number) => number,
  y: number,
): Mark {
  const area = { x: x(from), y: y + 8, width: Math.max(4, x(to) - x(from)), height: row - 16 };
  return pen.box(area, lives ? { colour, radius: 3 } : { ...notRunning, colour });
}

/** Explains the marks that stand in the drawing, and no others. */
function legend(pen: Pen, lines: readonly PlacedLine[], y: number): Mark[] {
  const has = (event: string) => lines.some(({ touches }) => touches.some((touch) => touch.event === event));
  const stopped = (x: number) =>
    pen.box({ x: x - 9, y: y - 7, width: 18, height: 14 }, { ...notRunning, colour: 'container' });
  const items: readonly (readonly [shown: boolean, width: number, mark: (x: number) => Mark, text: string])[] = [
    [has('wrote'), 78, (x) => pen.dot(x, y), 'written'],
    [has('read'), 62, (x) => pen.dot(x, y, { filled: false }), 'read'],
    [has('missed'), 96, (x) => missedMark(pen, x, y), 'not found'],
    [lines.some(({ removedAt }) => removedAt.length > 0), 88, (x) => pen.cross(x, y, 'muted'), 'removed'],
    [lines.some(({ spans }) => spans.some(({ lives }) => !lives)), 80, stopped, 'stopped'],
  ];
  let left = margin + 9;
  return items
    .filter(([shown]) => shown)
    .flatMap(([, width, mark, text]) => {
      const x = left;
      left += width;
      return [mark(x), pen.text(x + 13, y, text, { size: 12, colour: 'muted' })];
    });
}

function missedMark(pen: Pen, x: number, y: number): Mark {
  return pen.text(x, y, '?', { bold: true, size: 18, anchor: 'middle', colour: 'gone' });
}

const words = { wrote: 'written to', read: 'read', missed: 'looked into in vain' } as const;

function describe({ title, steps }: RecordedRun, lines: readonly PlacedLine[]): string {
  const stepOf = (at: number) => Math.min(steps.length, Math.floor(at) + 1);
  const told = lines.map(({ kind, name, spans, removedAt, touches }) => {
    const made = stepOf(spans[0]?.from ?? 0);
    const gone = removedAt.at(-1);
    const uses = new Set(
      touches.map(({ at, event, by }) => `${words[event]}${by === null ? '' : ` by ${by}`} in step ${stepOf(at)}`),
    );
    const end = gone === undefined ? 'there to the end' : `removed in step ${stepOf(gone)}`;
    return `${kind} ${name}: made in step ${made}, ${[...uses, end].join(', ')}`;
  });
  return `${title}. ${told.join('. ')}.`;
}
