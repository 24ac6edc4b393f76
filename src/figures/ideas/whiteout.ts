import type { Figure } from '../figure.ts';

const rows = [
  { instruction: 'RUN rm /dump.sql', note: 'a marker: “not here”', size: '0 MB', hidden: false },
  { instruction: 'COPY dump.sql /', note: 'the file, hidden', size: '70 MB', hidden: true },
  { instruction: 'FROM debian', note: '', size: '75 MB', hidden: false },
];

/** A file that a later layer deletes. */
export const figure: Figure = {
  id: 'whiteout',
  title: 'Deleted in a later layer: hidden, still stored',
  alt:
    'Three layers: the base of 75 MB, a copied file of 70 MB, and on top a layer that deletes it by a marker of 0 MB. The ' +
    'container does not see the file, but the image still stores and ships 145 MB, and anybody can read the file.',
  draw(pen, top) {
    const y = top + 10;
    const stack = rows.map(({ instruction, note, size, hidden }, index) => {
      const area = { x: 20, y: y + index * 56, width: 300, height: 50 };
      return [
        pen.box(area, { colour: hidden ? 'gone' : 'image', fill: hidden ? 'hatched' : 'tint' }),
        pen.box({ x: 28, y: area.y + 6, width: 236, height: 38 }, { fill: 'panel', radius: 3 }),
        pen.text(36, area.y + (note === '' ? 25 : 17), instruction, { mono: true, size: 12 }),
        ...(note === '' ? [] : [pen.text(36, area.y + 34, note, { size: 12, colour: hidden ? 'gone' : 'muted' })]),
        pen.box({ x: 268, y: area.y + 10, width: 46, height: 30 }, { fill: 'panel', radius: 3 }),
        pen.text(291, area.y + 25, size, { size: 12, anchor: 'middle', width: 46 }),
      ];
    });
    return {
      marks: [
        ...stack.flat(),
        pen.text(340, y + 12, 'The container sees', { size: 13, bold: true }),
        pen.text(340, y + 34, 'no dump.sql', { size: 13, mono: true, colour: 'muted' }),
        pen.text(340, y + 78, 'The image stores', { size: 13, bold: true }),
        pen.text(340, y + 100, '145 MB', { size: 20, bold: true, colour: 'gone' }),
        pen.text(340, y + 124, 'dump.sql included', { size: 13, colour: 'muted' }),
        pen.text(20, y + 188, 'Delete in the same RUN that made it, or never copy it in.', { size: 13 }),
      ],
      bottom: y + 196,
    };
  },
};
