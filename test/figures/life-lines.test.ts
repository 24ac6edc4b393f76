import { describe, expect, test } from 'vitest';
import type { Life } from '../../src/demos/lives/life.ts';
import { figureWidth, toSvg } from '../../src/figures/drawing/to-svg.ts';
import { drawLifeLines } from '../../src/figures/life-lines.ts';
import { drawnTexts } from './drawn-texts.ts';

const lives = (text: string): Life[] =>
  text.split(', ').map((each) => {
    const [kind, name = '', event] = each.split(' ');
    if (kind !== 'container' && kind !== 'volume' && kind !== 'image') throw new Error(each);
    // The test writes down what the type allows.
    return { kind, name: `demo-${name}`, event: event as Life['event'] };
  });
const steps = [
  { title: 'Write', lives: lives('volume data made, container a made, container a started, volume data wrote') },
  { title: 'Replace', lives: lives('container a ended, container a removed, container b made, container b started') },
  { title: 'Read', lives: lives('volume data read, container b missed') },
];

describe('life lines', () => {
  test('tell in words what they show', () => {
    expect(drawLifeLines({ title: 'A demo', steps })?.alt).toBe(
      'A demo. volume demo-data: made in step 1, written to in step 1, read in step 3, there to the end. ' +
        'container demo-a: made in step 1, removed in step 2. ' +
        'container demo-b: made in step 2, looked into in vain in step 3, there to the end.',
    );
  });

  test('explain the marks that they have, and no others', () => {
    const picture = drawLifeLines({ title: 'A demo', steps: steps.slice(0, 1) });
    const texts = picture === null ? [] : drawnTexts(toSvg(picture, 'light')).map(({ text }) => text);
    expect(texts).toContain('written');
    for (const mark of ['read', 'not found', 'removed', 'stopped']) expect(texts).not.toContain(mark);
  });

  test('stay inside of the picture, whatever names and steps there are', () => {
    const many = Array.from({ length: 9 }, (_, index) => ({
      title: `A step with a very long title, which says all that happens in it and more besides, number ${index}`,
      lives: lives(`container ${'long-name-'.repeat(4)}${index} made, image ${index} made`),
    }));
    const picture = drawLifeLines({ title: 'A demo with a very long title, longer than a line is wide', steps: many });
    expect(picture).not.toBeNull();
    if (picture === null) return;
    const texts = drawnTexts(toSvg(picture, 'dark'));
    for (const { text, right } of texts) expect(right, text).toBeLessThanOrEqual(figureWidth - 8);
    expect(texts.map(({ text }) => text)).toContain('and 6 more');
  });

  test('are none where nothing was recorded', () => {
    expect(drawLifeLines({ title: 'A demo', steps: [{ title: 'Wait', lives: [] }] })).toBeNull();
  });
});
