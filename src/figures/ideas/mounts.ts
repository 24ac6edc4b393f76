import type { Colour } from '../drawing/pen.ts';
import type { Figure } from '../figure.ts';

interface Kind {
  readonly name: string;
  readonly option: string;
  readonly place: string;
  readonly end: string;
  readonly colour: Colour;
}

const kinds: readonly Kind[] = [
  {
    name: 'Named volume',
    option: '-v data:/path',
    place: 'Docker’s own folder',
    end: 'stays until you remove it',
    colour: 'kept',
  },
  {
    name: 'Anonymous volume',
    option: '-v /path',
    place: 'Docker’s own folder',
    end: 'goes with rm -v and with --rm',
    colour: 'other',
  },
  {
    name: 'Bind mount',
    option: '-v /home/me:/path',
    place: 'Your folder',
    end: 'stays: Docker never removes it',
    colour: 'image',
  },
  { name: 'tmpfs', option: '--tmpfs /path', place: 'Memory', end: 'gone when the container stops', colour: 'gone' },
];

/** Where the bytes of each kind of mount are. */
export const figure: Figure = {
  id: 'mounts',
  title: 'Four kinds of mount: where the bytes are, and how they end',
  alt:
    'A named volume (-v data:/path) is in a folder of Docker’s and stays until it is removed. An anonymous volume (-v /path) ' +
    'is there too, and goes with rm -v or --rm; else it is left behind. A bind mount (-v /home/me:/path) is a folder of yours and stays. A ' +
    'tmpfs (--tmpfs /path) is in memory and goes when the container stops.',
  draw(pen, top) {
    const y = top + 8;
    const rows = kinds.map(({ name, option, place, end, colour }, index) => {
      const row = y + index * 62;
      return [
        pen.box({ x: 20, y: row, width: 196, height: 52 }, { colour }),
        pen.text(32, row + 17, name, { bold: true, colour, size: 13 }),
        pen.text(32, row + 37, option, { mono: true, size: 12 }),
        pen.arrow([
          [218, row + 26],
          [246, row + 26],
        ]),
        pen.text(254, row + 17, place, { size: 13, bold: true }),
        pen.text(254, row + 37, end, { size: 13, width: 216 }),
      ];
    });
    return { marks: rows.flat(), bottom: y + 4 * 62 - 10 };
  },
};
