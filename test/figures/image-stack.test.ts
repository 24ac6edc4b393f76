import { Resvg } from '@resvg/resvg-js';
import { describe, expect, test } from 'vitest';
import { figureWidth, toSvg } from '../../src/figures/drawing/to-svg.ts';
import { drawImageStack, type StackLayer } from '../../src/figures/image-stack.ts';
import { drawnTexts } from './drawn-texts.ts';

const layer = (instruction: string | null, bytes: number, rest: Partial<StackLayer> = {}): StackLayer => ({
  instruction,
  bytes,
  hidden: 0,
  base: false,
  ...rest,
});
const draw = (layers: readonly StackLayer[], image = 'shop:1.4') =>
  drawImageStack({ image, sizes: 'unpacked', layers });
const heightOf = (svg: string) => Number(/height="(\d+)"/.exec(svg)?.[1]);

describe('the stack of an image', () => {
  test('tells in words what it shows', () => {
    const picture = draw([
      layer('FROM debian', 75e6, { base: true }),
      layer('COPY dump.sql /', 70e6, { hidden: 70e6 }),
      layer(null, 120),
    ]);
    expect(picture.title).toBe('shop:1.4: 3 layers, 145MB unpacked');
    expect(picture.alt).toBe(
      'shop:1.4 has 3 layers, 145MB unpacked, the lowest first. 1: FROM debian, 75MB, of the base image. ' +
        '2: COPY dump.sql /, 70MB, 70MB of it hidden. 3: no history, 120B. 70MB are hidden by later layers.',
    );
  });

  test('draws larger layers taller, the lowest at the bottom', () => {
    const svg = toSvg(draw([layer('FROM a', 300e6), layer('RUN b', 100e6)]), 'light');
    const boxes = [...svg.matchAll(/y="([\d.]+)" width="330" height="([\d.]+)"/g)].map(([, y, height]) => ({
      y: Number(y),
      height: Number(height),
    }));
    expect(boxes).toHaveLength(2);
    const [upper, lower] = boxes;
    expect(lower?.y).toBeGreaterThan(upper?.y ?? 0);
    expect((lower?.height ?? 0) - (upper?.height ?? 0)).toBeCloseTo(160, 0);
  });

  test('stays readable with more layers than an image can have', () => {
    const layers = Array.from({ length: 127 }, (_, index) => layer(`RUN step ${index}`, index * 1000));
    const svg = toSvg(draw(layers), 'dark');
    expect(heightOf(svg)).toBeLessThan(900);
    expect(svg).toMatch(/>\d+ layers</);
  });

  test('draws an image without a byte', () => {
    expect(heightOf(toSvg(draw([layer('WORKDIR /', 0)]), 'light'))).toBeGreaterThan(60);
  });

  test.each([
    '<script>alert(1)</script>',
    '"><image href="http://169.254.169.254/"/>',
    '&lt;&#x3c;]]>',
    '\u0000\u001b[31m\ud800\ufffe',
    'x'.repeat(100_000),
    '漢字'.repeat(200),
  ])('takes %j for a text', (hostile) => {
    const svg = toSvg(draw([layer(hostile, 5)], hostile), 'light');
    for (const never of ['<script', '<image', '\u0000', '\u001b']) expect(svg).not.toContain(never);
    expect(() => new Resvg(svg)).not.toThrow();
    for (const { text, right } of drawnTexts(svg)) expect(right, text.slice(0, 40)).toBeLessThanOrEqual(figureWidth);
  });
});
