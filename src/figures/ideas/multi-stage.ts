import type { Figure } from '../figure.ts';

/** A build in two stages. */
export const figure: Figure = {
  id: 'multi-stage',
  title: 'Multi-stage: build in one image, ship another',
  alt:
    'The stage “build” holds a compiler, packages, sources and the program, some 400 MB; it is not shipped. COPY --from=build ' +
    'takes the program alone into the final stage, which has a small base and the program, some 20 MB, and is shipped.',
  draw(pen, top) {
    const y = top + 10;
    const parts = ['compiler', 'packages', 'sources'].map((name, index) => [
      pen.box({ x: 32, y: y + 44 + index * 36, width: 166, height: 30 }, { colour: 'muted', dashed: true }),
      pen.text(44, y + 59 + index * 36, name, { size: 13, colour: 'muted' }),
    ]);
    return {
      marks: [
        pen.box({ x: 20, y, width: 190, height: 196 }, { fill: 'panel', dashed: true }),
        pen.text(32, y + 22, 'FROM golang:alpine AS build', { mono: true, size: 10 }),
        ...parts.flat(),
        pen.box({ x: 32, y: y + 152, width: 166, height: 32 }, { colour: 'kept' }),
        pen.text(44, y + 168, '/out/app', { mono: true, size: 12 }),
        pen.text(20, y + 216, 'about 400 MB, never shipped', { size: 13, colour: 'gone' }),
        pen.arrow(
          [
            [202, y + 168],
            [257, y + 168],
            [257, y + 126],
            [312, y + 126],
          ],
          { colour: 'kept' },
        ),
        pen.text(257, y + 184, 'COPY', { mono: true, size: 11, anchor: 'middle' }),
        pen.text(257, y + 198, '--from=build', { mono: true, size: 11, anchor: 'middle' }),
        pen.box({ x: 304, y: y + 74, width: 156, height: 122 }, { colour: 'image' }),
        pen.text(316, y + 94, 'FROM alpine', { mono: true, size: 12 }),
        pen.box({ x: 316, y: y + 154, width: 132, height: 30 }, { colour: 'image' }),
        pen.text(326, y + 169, 'small base', { size: 13 }),
        pen.box({ x: 316, y: y + 110, width: 132, height: 32 }, { colour: 'kept' }),
        pen.text(326, y + 126, '/app', { mono: true, size: 12 }),
        pen.text(304, y + 216, 'about 20 MB: yours', { size: 13, bold: true, colour: 'kept' }),
      ],
      bottom: y + 224,
    };
  },
};
