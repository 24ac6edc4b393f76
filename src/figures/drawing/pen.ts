import type { Palette } from './palette.ts';
import { fitText, type Lettering, textWidth } from './text-width.ts';

/** A colour by its meaning. */
export type Colour = keyof Palette;

/** A part of a drawing: SVG markup that is whole in itself, in the colours of one palette. */
export type Mark = string;

/** A rectangle in pixels from the upper left corner. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How a box looks: tinted and outlined in its colour by default. */
export interface BoxLook {
  readonly colour?: Colour;
  /** `tint` by default; `hatched` for what is stored and not seen, `none` for what is not there. */
  readonly fill?: 'tint' | 'solid' | 'panel' | 'hatched' | 'none';
  readonly dashed?: boolean;
  readonly radius?: number;
}

/** How a text looks. */
export interface TextLook extends Partial<Lettering> {
  readonly colour?: Colour;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** Struck through, for what is gone. */
  readonly struck?: boolean;
  /** Pixels into which it must fit; what does not is cut. */
  readonly width?: number;
}

/** Draws marks in the colours of one palette. Texts are escaped: whatever they hold, they stay text. */
export interface Pen {
  box(area: Area, look?: BoxLook): Mark;
  /** `y` is the middle of the line. */
  text(x: number, y: number, text: string, look?: TextLook): Mark;
  /** A line with an arrow's head at its end, through all points in turn. */
  arrow(points: readonly (readonly [x: number, y: number])[], look?: { colour?: Colour; dashed?: boolean }): Mark;
  line(
    from: readonly [number, number],
    to: readonly [number, number],
    look?: { colour?: Colour; dashed?: boolean },
  ): Mark;
  cross(x: number, y: number, colour?: Colour): Mark;
  /** A ring, filled or not. */
  dot(x: number, y: number, look?: { colour?: Colour; filled?: boolean }): Mark;
}

const bodySize = 14;

/** @param palette the colours that it draws with */
export function createPen(palette: Palette): Pen {
  const stroke = (colour: Colour, dashed = false) =>
    `stroke="${palette[colour]}" stroke-width="1.5"${dashed ? ' stroke-dasharray="5 4"' : ''}`;
  const fills: Readonly<Record<NonNullable<BoxLook['fill']>, (colour: Colour) => string>> = {
    tint: (colour) => `fill="${palette[colour]}" fill-opacity="0.16"`,
    solid: (colour) => `fill="${palette[colour]}"`,
    panel: () => `fill="${palette.panel}"`,
    hatched: (colour) => `fill="url(#hatch-${colour})"`,
    none: () => 'fill="none"',
  };
  return {
    box({ x, y, width, height }, { colour = 'line', fill = 'tint', dashed, radius = 6 } = {}) {
      const place = `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="${radius}"`;
      return `<rect ${place} ${fills[fill](colour)} ${stroke(colour, dashed)}/>`;
    },
    text(x, y, text, look = {}) {
      const { size = bodySize, bold = false, mono = false, colour = 'ink', anchor = 'start', struck, width } = look;
      const lettering = { size, bold, mono };
      const shown = width === undefined ? text : fitText(text, width, lettering);
      const family = mono ? 'JetBrains Mono, monospace' : 'Inter, sans-serif';
      const style = `font-family="${family}" font-size="${size}"${bold ? ' font-weight="600"' : ''}`;
      const place = `x="${round(x)}" y="${round(y + size * 0.35)}" text-anchor="${anchor}"`;
      const drawn = `<text ${place} ${style} fill="${palette[colour]}" xml:space="preserve">${escapeMarkup(shown)}</text>`;
      if (struck !== true) return drawn;
      const length = textWidth(shown, lettering) * 0.9;
      const from = anchor === 'start' ? x : anchor === 'end' ? x - length : x - length / 2;
      return `${drawn}<path d="M${round(from)} ${round(y)}h${round(length)}" ${stroke(colour)}/>`;
    },
    arrow(points, { colour = 'muted', dashed } = {}) {
      const path = points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
      return `<path d="${path}" fill="none" ${stroke(colour, dashed)}/>${head(points, palette[colour])}`;
    },
    line: ([x1, y1], [x2, y2], { colour = 'line', dashed } = {}) =>
      `<path d="M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}" fill="none" ${stroke(colour, dashed)}/>`,
    cross: (x, y, colour = 'gone') =>
      `<path d="M${x - 6} ${y - 6}l12 12m0 -12l-12 12" fill="none" stroke="${palette[colour]}" stroke-width="2.5"/>`,
    dot: (x, y, { colour = 'ink', filled = true } = {}) =>
      `<circle cx="${round(x)}" cy="${round(y)}" r="4" fill="${filled ? palette[colour] : palette.ground}" ${stroke(colour)}/>`,
  };
}

/** The head of an arrow, at the last of its points, in the direction of its last stretch. */
function head(points: readonly (readonly [number, number])[], colour: string): Mark {
  const [before, [x, y] = [0, 0]] = points.slice(-2);
  if (before === undefined) return '';
  const degrees = (Math.atan2(y - before[1], x - before[0]) * 180) / Math.PI;
  return `<path d="M0 0L-9 -5L-9 5Z" transform="translate(${round(x)} ${round(y)}) rotate(${round(degrees)})" fill="${colour}"/>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Makes text safe inside of markup and attributes; control characters, which XML has no place for, go. */
export function escapeMarkup(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
