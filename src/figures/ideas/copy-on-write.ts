import type { Pen } from '../drawing/pen.ts';
import type { Figure } from '../figure.ts';

/** The two layers of a container at one moment. */
function moment(pen: Pen, x: number, y: number, written: boolean) {
  const width = 208;
  return [
    pen.text(x, y + 8, written ? '2. It writes to app.conf' : '1. The container reads app.conf', {
      bold: true,
      size: 13,
    }),
    pen.box(
      { x, y: y + 24, width, height: 74 },
      { colour: 'container', dashed: !written, fill: written ? 'tint' : 'none' },
    ),
    pen.text(x + 10, y + 40, 'writable layer', { size: 13, colour: 'container' }),
    written
      ? pen.box({ x: x + 10, y: y + 54, width: width - 20, height: 34 }, { colour: 'kept' })
      : pen.text(x + 10, y + 71, 'empty', { size: 13, colour: 'muted' }),
    ...(written ? [pen.text(x + 20, y + 71, 'app.conf  port=9090', { mono: true, size: 12 })] : []),
    pen.box({ x, y: y + 128, width, height: 74 }, { colour: 'image' }),
    pen.text(x + 10, y + 144, 'image layer, read-only', { size: 13, colour: 'image' }),
    pen.box(
      { x: x + 10, y: y + 158, width: width - 20, height: 34 },
      { colour: 'image', fill: written ? 'hatched' : 'tint' },
    ),
    pen.box({ x: x + 16, y: y + 164, width: width - 32, height: 22 }, { colour: 'line', fill: 'panel', radius: 3 }),
    pen.text(x + 20, y + 175, 'app.conf  port=8080', { mono: true, size: 12 }),
  ];
}

/** What a write to a file of the image does. */
export const figure: Figure = {
  id: 'copy-on-write',
  title: 'Copy-on-write: the first write copies the whole file up',
  alt:
    'Before: the writable layer is empty and the container reads app.conf from the read-only image layer. After a write: a ' +
    'changed copy of app.conf stands in the writable layer and hides the one below, which is as it was.',
  draw(pen, top) {
    const y = top + 8;
    return {
      marks: [
        ...moment(pen, 20, y, false),
        ...moment(pen, 252, y, true),
        pen.arrow(
          [
            [432, y + 158],
            [432, y + 92],
          ],
          { colour: 'kept' },
        ),
        pen.text(422, y + 114, 'copied up, then changed', { size: 13, colour: 'kept', anchor: 'end' }),
        pen.text(20, y + 224, 'The image’s file stays as it was: other containers still read it.', { size: 13 }),
      ],
      bottom: y + 232,
    };
  },
};
