import type { Pen } from '../drawing/pen.ts';
import type { Figure } from '../figure.ts';

function containers(pen: Pen, y: number, inside: readonly [old: string, replaced: string]) {
  return [
    pen.box({ x: 20, y, width: 150, height: 62 }, { colour: 'container', dashed: true }),
    pen.text(32, y + 18, 'old container', { size: 13, bold: true, colour: 'container' }),
    pen.text(32, y + 42, inside[0], { size: 13 }),
    pen.cross(156, y + 14),
    pen.arrow([
      [180, y + 31],
      [300, y + 31],
    ]),
    pen.text(240, y + 18, 'rm, then run', { size: 13, mono: true, anchor: 'middle', colour: 'muted' }),
    pen.box({ x: 310, y, width: 150, height: 62 }, { colour: 'container' }),
    pen.text(322, y + 18, 'new container', { size: 13, bold: true, colour: 'container' }),
    pen.text(322, y + 42, inside[1], { size: 13 }),
  ];
}

/** A container that is replaced, with and without a volume. */
export const figure: Figure = {
  id: 'replace',
  title: 'Replaced: what a container wrote into itself is gone',
  alt:
    'Above, without a volume: the old container holds the data in its writable layer; it is removed, and the new container ' +
    'has none of it. Below, with a volume: the data is in the volume, which stays, and the new container finds it there.',
  draw(pen, top) {
    const y = top + 10;
    const below = y + 134;
    return {
      marks: [
        pen.text(20, y, 'Without a volume: the data goes', { bold: true, colour: 'gone' }),
        ...containers(pen, y + 16, ['data inside', 'no data']),
        pen.text(20, below, 'With a volume: the data stays', { bold: true, colour: 'kept' }),
        ...containers(pen, below + 16, ['data in the volume', 'finds the data']),
        pen.line([95, below + 78], [95, below + 104], { colour: 'kept' }),
        pen.line([385, below + 78], [385, below + 104], { colour: 'kept' }),
        pen.box({ x: 20, y: below + 104, width: 440, height: 40 }, { colour: 'kept' }),
        pen.text(240, below + 124, 'volume, mounted by both', { anchor: 'middle', size: 13 }),
      ],
      bottom: below + 146,
    };
  },
};
