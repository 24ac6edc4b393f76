import { humanSize } from '../sandbox/human-size.ts';
import type { Mark, Pen } from './drawing/pen.ts';
import { figureWidth, margin, type Picture } from './drawing/to-svg.ts';

/** A layer as the stack shows it. */
export interface StackLayer {
  /** As a person wrote it; null where nothing tells. */
  readonly instruction: string | null;
  /** In the kind of size that the stack is drawn in. */
  readonly bytes: number;
  /** Bytes of it that no container sees; null where nobody looked. */
  readonly hidden: number | null;
  /** Whether it is proven to be the base image's. */
  readonly base: boolean;
}

/** An image to draw. */
export interface ImageStack {
  readonly image: string;
  /** The kind of all sizes. */
  readonly sizes: 'compressed' | 'unpacked';
  /** The lowest first; instructions that made no layer left out. */
  readonly layers: readonly StackLayer[];
}

/** Pixels that all layers have together, where none is too low to be read. */
const scaled = 320;
const leastHeight = 26;
/** Letters of an instruction that are told in words. */
const longestTold = 200;
/** Layers that are drawn apart; smaller ones are drawn together. */
const mostLayers = 14;
const barWidth = 330;

/** Draws an image's layers, heights to scale; hidden parts are hatched, and the base image is marked. */
export function drawImageStack({ image, sizes, layers }: ImageStack): Picture {
  const rows = joinSmall(layers);
  const total = sum(layers.map(({ bytes }) => bytes));
  const hidden = sum(layers.map((layer) => layer.hidden ?? 0));
  return {
    title: `${image}: ${count(layers.length)}, ${humanSize(total, 3)} ${sizes}`,
    alt: describe({ image, sizes, layers }, total, hidden),
    draw(pen, top) {
      const heights = rows.map(({ bytes }) => Math.max(leastHeight, total === 0 ? 0 : (bytes / total) * scaled));
      let y = top + 4;
      const marks: Mark[] = [];
      for (const [index, layer] of rows.toReversed().entries()) {
        const height = heights[rows.length - 1 - index] ?? leastHeight;
        marks.push(...drawLayer(pen, layer, { x: margin, y, width: barWidth, height }));
        y += height + 3;
      }
      return { marks: [...marks, ...legend(pen, y + 16, { layers, hidden })], bottom: y + 24 };
    },
  };
}

function drawLayer(
  pen: Pen,
  layer: StackLayer,
  area: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): Mark[] {
  const { instruction, bytes, hidden, base } = layer;
  const middle = area.y + Math.min(area.height / 2, 18);
  const part = bytes === 0 ? 0 : Math.min(1, (hidden ?? 0) / bytes);
  const hatched = part * area.width;
  const right = margin + barWidth + 12;
  const width = figureWidth - margin - right;
  return [
    pen.box(area, { colour: base ? 'muted' : 'image', radius: 4, dashed: base }),
    ...(hatched >= 1
      ? [
          pen.box(
            { ...area, x: area.x + area.width - hatched, width: hatched },
            { colour: 'gone', fill: 'hatched', radius: 4 },
          ),
        ]
      : []),
    pen.box({ x: area.x + 5, y: middle - 10, width: 252, height: 20 }, { fill: 'panel', radius: 3 }),
    pen.text(area.x + 10, middle, instruction ?? 'no history', { mono: true, size: 11, width: 242 }),
    pen.text(right, middle, humanSize(bytes, 3), { size: 12, bold: true, width }),
    ...(hatched >= 1 && area.height >= 38
      ? [pen.text(right, middle + 17, `${humanSize(hidden ?? 0, 3)} hidden`, { size: 12, colour: 'gone', width })]
      : []),
  ];
}

function legend(pen: Pen, y: number, { layers, hidden }: { layers: readonly StackLayer[]; hidden: number }): Mark[] {
  const marks: Mark[] = [];
  if (layers.some(({ base }) => base)) {
    marks.push(pen.box({ x: margin, y: y - 7, width: 18, height: 14 }, { colour: 'muted', dashed: true, radius: 3 }));
    marks.push(pen.text(margin + 26, y, 'base image', { size: 12, colour: 'muted' }));
  }
  if (hidden > 0) {
    marks.push(
      pen.box({ x: margin + 130, y: y - 7, width: 18, height: 14 }, { colour: 'gone', fill: 'hatched', radius: 3 }),
    );
    marks.push(
      pen.text(margin + 156, y, `hidden by a later layer: ${humanSize(hidden, 3)}`, { size: 12, colour: 'muted' }),
    );
  }
  return marks;
}

/** Draws what is too many together: the smallest neighbours first, until few enough are left. */
function joinSmall(layers: readonly StackLayer[]): readonly StackLayer[] {
  const rows: Row[] = layers.map((layer) => ({ layer, joined: 1 }));
  while (rows.length > mostLayers) {
    const sizes = rows.slice(1).map((row, index) => row.layer.bytes + (rows[index]?.layer.bytes ?? 0));
    const index = sizes.indexOf(Math.min(...sizes));
    const [lower, upper] = rows.slice(index, index + 2);
    if (!lower || !upper) break;
    rows.splice(index, 2, { layer: join(lower, upper), joined: lower.joined + upper.joined });
  }
  return rows.map(({ layer }) => layer);
}

/** A layer as it is drawn, and how many it stands for. */
interface Row {
  readonly layer: StackLayer;
  readonly joined: number;
}

function join(lower: Row, upper: Row): StackLayer {
  const hidden = lower.layer.hidden === null ? upper.layer.hidden : lower.layer.hidden + (upper.layer.hidden ?? 0);
  return {
    instruction: `${lower.joined + upper.joined} layers`,
    bytes: lower.layer.bytes + upper.layer.bytes,
    hidden,
    base: lower.layer.base && upper.layer.base,
  };
}

function describe({ image, sizes, layers }: ImageStack, total: number, hidden: number): string {
  const each = layers.map(({ instruction, bytes, hidden: unseen, base }, index) => {
    const notes = [
      base ? 'of the base image' : '',
      (unseen ?? 0) > 0 ? `${humanSize(unseen ?? 0, 3)} of it hidden` : '',
    ];
    return [`${index + 1}: ${instruction?.slice(0, longestTold) ?? 'no history'}, ${humanSize(bytes, 3)}`, ...notes]
      .filter((note) => note !== '')
      .join(', ');
  });
  const waste = hidden > 0 ? ` ${humanSize(hidden, 3)} are hidden by later layers.` : '';
  return `${image} has ${count(layers.length)}, ${humanSize(total, 3)} ${sizes}, the lowest first. ${each.join('. ')}.${waste}`;
}

function count(layers: number): string {
  return `${layers} layer${layers === 1 ? '' : 's'}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
