import type { Pen } from '../drawing/pen.ts';
import type { Figure } from '../figure.ts';

function attempt(pen: Pen, y: number, address: string, reached: boolean) {
  const colour = reached ? 'kept' : 'gone';
  return [
    pen.box({ x: 20, y: y + 14, width: 104, height: 62 }, { fill: 'panel' }),
    pen.text(72, y + 34, 'host', { anchor: 'middle', bold: true, size: 13 }),
    pen.text(72, y + 56, 'port 8080', { anchor: 'middle', size: 13 }),
    pen.arrow(
      [
        [126, y + 45],
        [reached ? 290 : 212, y + 45],
      ],
      { colour },
    ),
    ...(reached ? [] : [pen.cross(236, y + 45)]),
    pen.text(170, y + 30, '-p 8080:80', { mono: true, size: 12, anchor: 'middle' }),
    pen.box({ x: 216, y, width: 244, height: 90 }, { colour: 'container', fill: 'none' }),
    pen.text(226, y + 14, 'container', { size: 12, colour: 'container' }),
    pen.box({ x: 296, y: y + 22, width: 152, height: 52 }, { colour }),
    pen.text(372, y + 38, 'app listens on', { anchor: 'middle', size: 12 }),
    pen.text(372, y + 58, address, { anchor: 'middle', size: 12, mono: true, bold: true }),
  ];
}

/** Which address an application must listen on for a published port to reach it. */
export const figure: Figure = {
  id: 'listen-address',
  title: 'A published port needs an app that listens on 0.0.0.0',
  alt:
    'Above, the application listens on 127.0.0.1 inside of the container, which is the container alone: the published port does ' +
    'not reach it. Below, it listens on 0.0.0.0: the published port reaches it.',
  draw(pen, top) {
    const y = top + 12;
    return {
      marks: [
        pen.text(20, y, 'Fails: 127.0.0.1 is the container alone', { bold: true, size: 13, colour: 'gone' }),
        ...attempt(pen, y + 16, '127.0.0.1:80', false),
        pen.text(20, y + 132, 'Works: 0.0.0.0 is every address of the container', {
          bold: true,
          size: 13,
          colour: 'kept',
        }),
        ...attempt(pen, y + 148, '0.0.0.0:80', true),
      ],
      bottom: y + 240,
    };
  },
};
