import { describe, expect, test } from 'vitest';
import { pairHistory, pairTold } from '../../src/layers/pair-history.ts';

const line = (createdBy: string, emptyLayer = false) => ({ createdBy, comment: '', created: null, emptyLayer });
const told = (createdBy: string, bytes: number, layersSoFar: number | null = null) => ({
  ...{ createdBy, comment: '', created: null },
  ...{ bytes, layersSoFar },
});
const placesOf = ({ lines }: ReturnType<typeof pairHistory>) => lines.map(({ layer }) => layer);

describe('history of an image’s configuration', () => {
  test('is paired by what it says itself, not by size', () => {
    const paired = pairHistory([line('ADD x /'), line('ENV A=b', true), line('WORKDIR /app'), line('RUN make')], 3);
    expect(placesOf(paired)).toEqual([0, null, 1, 2]);
    expect(paired.notes).toEqual([]);
  });

  test.each([
    ['is absent', [], 'The history does not say what made 3 layers'],
    ['is one line for three layers', [line('created by hand')], 'The history does not say what made 2 layers'],
  ])('that %s leaves layers without an instruction', (_, history, note) => {
    const paired = pairHistory(history, 3);
    expect(placesOf(paired)).toEqual([0, 1, 2]);
    expect(paired.lines.at(-1)?.instruction).toBeNull();
    expect(paired.notes).toEqual([note]);
  });

  test('with more layers than the image has shows those there are, and flags the rest', () => {
    const paired = pairHistory([line('RUN a'), line('RUN b'), line('RUN c')], 1);
    expect(placesOf(paired)).toEqual([0, null, null]);
    expect(paired.notes).toEqual(['The history names 2 more layers than the image has; it is not to be trusted']);
  });
});

describe('history that an engine tells', () => {
  test('has a layer for each line with bytes', () => {
    expect(placesOf(pairTold([told('ADD x /', 9), told('RUN true', 0), told('CMD ["sh"]', 0)], 1))).toEqual([
      0,
      null,
      null,
    ]);
  });

  test('has a layer without bytes where only that instruction can have made it', () => {
    const paired = pairTold([told('ADD x /', 9), told('ENV A=b', 0), told('WORKDIR /app', 0), told('RUN make', 5)], 3);
    expect(placesOf(paired)).toEqual([0, null, 1, 2]);
    expect(paired.notes).toEqual([]);
  });

  test('knows that BuildKit makes a layer where the classic builder makes none', () => {
    const history = [told('/bin/sh -c true', 0), told('RUN /bin/sh -c true # buildkit', 0)];
    expect(placesOf(pairTold(history, 1))).toEqual([null, 0]);
  });

  test('is certain where the engine still has the image as it was after a line', () => {
    const history = [
      told('WORKDIR /app', 0, 0),
      told('/bin/sh -c make', 5, 1),
      told('/bin/sh -c rm /x', 0),
      told('CMD ["sh"]', 0),
    ];
    const paired = pairTold(history, 2);
    expect(placesOf(paired)).toEqual([null, 0, 1, null]);
    expect(paired.notes).toEqual([]);
  });

  test('says so where it does not tell which line made a layer', () => {
    const paired = pairTold([told('/bin/sh -c true', 0), told('/bin/sh -c :', 0)], 1);
    expect(paired.lines.filter(({ layer }) => layer !== null)).toHaveLength(1);
    expect(paired.notes.join()).toContain('the engine does not tell which');
  });

  test('without any sizes still has a line for each layer', () => {
    const paired = pairTold([told('COPY a /', 0), told('COPY b /', 0), told('CMD ["sh"]', 0)], 2);
    expect(placesOf(paired)).toEqual([0, 1, null]);
  });
});
