import type { Pen } from '../drawing/pen.ts';
import type { Figure } from '../figure.ts';

function dockerfile(pen: Pen, x: number, y: number, heading: string, steps: readonly (readonly [string, boolean])[]) {
  return [
    pen.text(x, y, heading, { bold: true, size: 13 }),
    ...steps.flatMap(([instruction, cached], index) => {
      const area = { x, y: y + 16 + index * 46, width: 212, height: 40 };
      return [
        pen.box(area, { colour: cached ? 'kept' : 'gone', fill: cached ? 'tint' : 'hatched' }),
        pen.box({ x: x + 6, y: area.y + 5, width: 122, height: 30 }, { fill: 'panel', radius: 3 }),
        pen.text(x + 11, area.y + 20, instruction, { mono: true, size: 11, width: 116 }),
        pen.box({ x: x + 134, y: area.y + 5, width: 72, height: 30 }, { fill: 'panel', radius: 3 }),
        pen.text(x + 170, area.y + 20, cached ? 'cached' : 'runs again', {
          size: 12,
          anchor: 'middle',
          colour: cached ? 'kept' : 'gone',
        }),
      ];
    }),
  ];
}

/** Two orders of the same instructions, after a change of the source. */
export const figure: Figure = {
  id: 'build-cache',
  title: 'You edit one source file: what does the build run again?',
  alt:
    'Left, COPY of everything comes before npm ci: the change breaks the cache there, so npm ci runs again. Right, package ' +
    'files are copied first, npm ci stays cached, and only the COPY of the source after it runs again.',
  draw(pen, top) {
    const y = top + 14;
    return {
      marks: [
        ...dockerfile(pen, 20, y, 'Source first: slow', [
          ['FROM node', true],
          ['COPY . .', false],
          ['RUN npm ci', false],
        ]),
        ...dockerfile(pen, 248, y, 'Dependencies first: fast', [
          ['FROM node', true],
          ['COPY *.json .', true],
          ['RUN npm ci', true],
          ['COPY . .', false],
        ]),
        pen.text(20, y + 218, 'The first step that changed breaks the cache for all below it.', { size: 13 }),
      ],
      bottom: y + 226,
    };
  },
};
