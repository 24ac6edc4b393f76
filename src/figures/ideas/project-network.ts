import type { Figure } from '../figure.ts';

/** The network of a Compose project. */
export const figure: Figure = {
  id: 'project-network',
  title: 'In a Compose project, services find each other by name',
  alt:
    'A browser on the host reaches web by the published port 8080. Inside of the project’s network web reaches api as api:3000, ' +
    'and api reaches db as db:5432, without published ports. A container on another network does not find them.',
  draw(pen, top) {
    const y = top + 10;
    const services = [
      { name: 'web', port: '80', x: 36 },
      { name: 'api', port: '3000', x: 188 },
      { name: 'db', port: '5432', x: 340 },
    ].map(({ name, port, x }) => [
      pen.box({ x, y: y + 108, width: 104, height: 54 }, { colour: 'container' }),
      pen.text(x + 52, y + 126, name, { anchor: 'middle', bold: true, colour: 'container' }),
      pen.text(x + 52, y + 147, `listens on ${port}`, { anchor: 'middle', size: 12 }),
    ]);
    return {
      marks: [
        pen.text(36, y + 12, 'on the host: localhost:8080', { mono: true, size: 12 }),
        pen.arrow(
          [
            [88, y + 26],
            [88, y + 104],
          ],
          { colour: 'kept' },
        ),
        pen.text(98, y + 44, 'published 8080:80', { size: 13, colour: 'kept' }),
        pen.box({ x: 20, y: y + 64, width: 440, height: 148 }, { colour: 'image', fill: 'none' }),
        pen.text(448, y + 84, 'network of the project', { size: 13, colour: 'image', anchor: 'end' }),
        ...services.flat(),
        pen.arrow([
          [142, y + 135],
          [184, y + 135],
        ]),
        pen.arrow([
          [294, y + 135],
          [336, y + 135],
        ]),
        pen.text(163, y + 176, 'api:3000', { mono: true, size: 12, anchor: 'middle' }),
        pen.text(315, y + 176, 'db:5432', { mono: true, size: 12, anchor: 'middle' }),
        pen.text(240, y + 196, 'the service’s name, and the port inside', {
          size: 12,
          anchor: 'middle',
          colour: 'muted',
        }),
        pen.box({ x: 300, y: y + 244, width: 160, height: 34 }, { colour: 'muted', dashed: true }),
        pen.text(380, y + 261, 'another network', { size: 13, anchor: 'middle', colour: 'muted' }),
        pen.line([380, y + 244], [380, y + 214], { colour: 'gone' }),
        pen.cross(380, y + 228),
        pen.text(20, y + 261, 'Other networks do not know the names.', { size: 13 }),
      ],
      bottom: y + 280,
    };
  },
};
