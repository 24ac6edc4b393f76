import type { Figure } from '../figure.ts';

/** The life of a container. */
export const figure: Figure = {
  id: 'container-states',
  title: 'Stopped is not removed',
  alt:
    'docker run makes a container of an image and starts it. docker stop ends its process; the container and its files stay, ' +
    'and docker start goes on with them. docker rm removes the container with its writable layer. The image stays.',
  draw(pen, top) {
    const y = top + 10;
    const state = (x: number, name: string, note: string, look: { dashed?: boolean; fill?: 'none' }) => [
      pen.box({ x, y: y + 84, width: 112, height: 56 }, { colour: 'container', ...look }),
      pen.text(x + 56, y + 103, name, { anchor: 'middle', bold: true, colour: 'container' }),
      pen.text(x + 56, y + 124, note, { anchor: 'middle', size: 12 }),
    ];
    return {
      marks: [
        pen.box({ x: 20, y, width: 112, height: 36 }, { colour: 'image' }),
        pen.text(76, y + 18, 'image', { anchor: 'middle', bold: true, colour: 'image' }),
        pen.arrow([
          [76, y + 40],
          [76, y + 80],
        ]),
        pen.text(88, y + 52, 'docker run', { mono: true, size: 12 }),
        ...state(20, 'running', 'a process', {}),
        ...state(184, 'exited', 'files stay', { dashed: true }),
        pen.box({ x: 348, y: y + 84, width: 112, height: 56 }, { colour: 'gone', dashed: true, fill: 'none' }),
        pen.text(404, y + 103, 'removed', { anchor: 'middle', bold: true, colour: 'gone' }),
        pen.text(404, y + 124, 'files gone', { anchor: 'middle', size: 12 }),
        pen.arrow([
          [136, y + 100],
          [180, y + 100],
        ]),
        pen.text(158, y + 84, 'stop', { mono: true, size: 12, anchor: 'middle' }),
        pen.arrow([
          [180, y + 126],
          [136, y + 126],
        ]),
        pen.text(158, y + 144, 'start', { mono: true, size: 12, anchor: 'middle' }),
        pen.arrow(
          [
            [300, y + 112],
            [344, y + 112],
          ],
          { colour: 'gone' },
        ),
        pen.text(322, y + 96, 'rm', { mono: true, size: 12, anchor: 'middle' }),
        pen.text(20, y + 176, 'The image stays, whatever becomes of its containers.', { size: 13 }),
      ],
      bottom: y + 184,
    };
  },
};
