import type { Figure } from '../figure.ts';

const layers = ['FROM debian', 'RUN apt-get install …', 'COPY app /app'];

/** An image's layers with two containers on them. */
export const figure: Figure = {
  id: 'layers',
  title: 'Containers share an image; each adds a layer of its own',
  alt:
    'Three read-only layers, one for each instruction, make an image. Two containers stand on the same image; each has a ' +
    'thin layer of its own that it writes to, and that goes when the container is removed.',
  draw(pen, top) {
    const y = top + 14;
    const containers = ['container a', 'container b'].map((name, index) => {
      const x = 20 + index * 226;
      return [
        pen.box({ x, y, width: 214, height: 58 }, { colour: 'container' }),
        pen.text(x + 12, y + 20, name, { bold: true, colour: 'container' }),
        pen.text(x + 12, y + 41, 'its writable layer', { size: 13 }),
      ];
    });
    const stack = layers.toReversed().map((instruction, index) => {
      const area = { x: 20, y: y + 90 + index * 44, width: 440, height: 40 };
      return [
        pen.box(area, { colour: 'image' }),
        pen.text(34, area.y + 20, instruction, { mono: true, size: 13 }),
        pen.text(446, area.y + 20, 'read-only', { size: 13, anchor: 'end', colour: 'muted' }),
      ];
    });
    return {
      marks: [
        ...containers.flat(),
        pen.text(240, y + 76, 'both stand on one image, stored once', {
          anchor: 'middle',
          colour: 'image',
          bold: true,
        }),
        ...stack.flat(),
        pen.text(20, y + 240, 'Removing a container removes its writable layer only.', { size: 13 }),
      ],
      bottom: y + 248,
    };
  },
};
