import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { palettes } from '../../src/figures/drawing/palette.ts';
import { figureWidth, toSvg } from '../../src/figures/drawing/to-svg.ts';
import type { Figure } from '../../src/figures/figure.ts';
import { FigureInvalid, ideas, loadFigure, nameFigures } from '../../src/figures/find-figures.ts';
import { toPng } from '../../src/figures/to-png.ts';
import { loadBook } from '../../src/knowledge/load-book.ts';
import { temporaryFolder } from '../engines/test-engine.ts';
import { drawnTexts } from './drawn-texts.ts';

async function load(id: string): Promise<Figure> {
  const figure = await loadFigure(ideas, id);
  if (figure === null) throw new Error(`There is no figure ${id}`);
  return figure;
}

const { entries } = await loadBook(['knowledge']);
const ids = [...(await nameFigures(ideas))];

describe.each(ids)('the figure %s', (id) => {
  test('keeps every text inside of the picture', async () => {
    const texts = drawnTexts(toSvg(await load(id), 'light'));
    expect(texts.length).toBeGreaterThan(4);
    for (const { text, left, right } of texts) {
      expect(left, text).toBeGreaterThanOrEqual(8);
      expect(right, text).toBeLessThanOrEqual(figureWidth - 8);
    }
  });

  test('cuts no text', async () => {
    for (const { text } of drawnTexts(toSvg(await load(id), 'dark'))) expect(text).not.toMatch(/\S…/);
  });

  test('is the picture of an entry', async () => {
    expect([...entries.values()].filter(({ figure }) => figure === id)).not.toEqual([]);
  });
});

test('figures become images twice as wide, and no taller than a screen', async () => {
  const png = await toPng(toSvg(await load('layers'), 'dark'));
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.readUInt32BE(16)).toBe(2 * figureWidth);
  expect(png.readUInt32BE(20)).toBeLessThan(1000);
});

describe('a file of figures', () => {
  async function folderWith(text: string): Promise<URL> {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'wrong.ts'), text);
    return pathToFileURL(`${folder}/`);
  }

  test('that exports no figure is named with what is wrong', async () => {
    const folder = await folderWith("export const figure = { id: 'wrong', title: 'Short' };");
    await expect(loadFigure(folder, 'wrong')).rejects.toThrow(FigureInvalid);
    await expect(loadFigure(folder, 'wrong')).rejects.toThrow(/wrong\.ts does not export a figure.*title/s);
  });

  test('of another id is refused', async () => {
    const alt = 'What the picture tells, in so many words that a reader who does not see it knows just as much.';
    const folder = await folderWith(
      `export const figure = { id: 'other', title: 'A good title', alt: '${alt}', draw() {} };`,
    );
    await expect(loadFigure(folder, 'wrong')).rejects.toThrow('Make the id the file’s name'.replace('’', "'"));
  });

  test('that is not there is no figure', async () => {
    expect(await loadFigure(ideas, '../../main')).toBeNull();
  });
});

describe('colours', () => {
  const luminance = (colour: string) => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one: string, other: string) => {
    const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };

  test.each(Object.entries(palettes))('of the %s theme can be read on its grounds', (_, palette) => {
    const { ground, panel, line: _line, ...texts } = palette;
    for (const [name, colour] of Object.entries(texts)) {
      expect(contrast(colour, ground), name).toBeGreaterThanOrEqual(4.5);
      expect(contrast(colour, panel), name).toBeGreaterThanOrEqual(4.5);
    }
  });
});
