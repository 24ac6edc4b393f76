import type { Pen } from '../drawing/pen.ts';
import type { Figure } from '../figure.ts';

function machines(pen: Pen, y: number) {
  return [0, 1].flatMap((index) => {
    const x = 20 + index * 104;
    return [
      pen.box({ x, y, width: 96, height: 104 }, { colour: 'other' }),
      pen.text(x + 48, y + 20, 'app', { anchor: 'middle', size: 13 }),
      pen.text(x + 48, y + 42, 'libraries', { anchor: 'middle', size: 13 }),
      pen.box({ x: x + 6, y: y + 58, width: 84, height: 38 }, { colour: 'other', fill: 'panel' }),
      pen.text(x + 48, y + 77, 'own kernel', { anchor: 'middle', size: 13, bold: true, colour: 'other' }),
    ];
  });
}

function containers(pen: Pen, y: number) {
  return [0, 1, 2].flatMap((index) => {
    const x = 252 + index * 70;
    return [
      pen.box({ x, y: y + 38, width: 66, height: 66 }, { colour: 'container' }),
      pen.text(x + 33, y + 60, 'app', { anchor: 'middle', size: 13 }),
      pen.text(x + 33, y + 82, 'libraries', { anchor: 'middle', size: 12 }),
    ];
  });
}

/** Virtual machines beside containers. */
export const figure: Figure = {
  id: 'same-kernel',
  title: 'Containers share the host’s kernel',
  alt:
    'Left, two virtual machines, each with an application, libraries and a kernel of its own, on a hypervisor. Right, three ' +
    'containers, each with an application and libraries only, on the one kernel of the host.',
  draw(pen, top) {
    const y = top + 34;
    return {
      marks: [
        pen.text(20, y - 18, 'Virtual machines', { bold: true, size: 13 }),
        pen.text(252, y - 18, 'Containers', { bold: true, size: 13 }),
        ...machines(pen, y),
        ...containers(pen, y),
        pen.box({ x: 20, y: y + 112, width: 200, height: 36 }, { fill: 'panel' }),
        pen.text(120, y + 130, 'hypervisor', { anchor: 'middle', size: 13 }),
        pen.box({ x: 252, y: y + 112, width: 206, height: 36 }, { colour: 'image' }),
        pen.text(355, y + 130, 'the host’s one kernel', {
          anchor: 'middle',
          size: 13,
          bold: true,
          colour: 'image',
        }),
        pen.text(20, y + 168, 'each boots a kernel', { size: 13, colour: 'muted' }),
        pen.text(252, y + 168, 'each starts as a process does', { size: 13, colour: 'muted' }),
        pen.text(20, y + 192, 'On Mac and Windows, the host is Docker’s own Linux VM.', { size: 13 }),
      ],
      bottom: y + 200,
    };
  },
};
