import { expect, test } from 'vitest';
import { layerRows, sizesOf, totalsOf } from '../../src/layers/layer-rows.ts';
import { pairHistory } from '../../src/layers/pair-history.ts';

const line = (createdBy: string, emptyLayer = false) => ({
  createdBy,
  comment: '',
  created: '2026-01-02T03:04:05.678901234Z',
  emptyLayer,
});
const layer = (name: string, unpacked: number | null) => ({
  digest: `sha256:packed-${name}`,
  diffId: `sha256:${name}`,
  compressed: 10,
  unpacked,
});
const history = [line('ADD x /'), line('CMD ["sh"]', true), line('RUN a'), line('ENV B=c', true), line('RUN b')];

test('rows have what is known of their layers, and sums over them', () => {
  const rows = layerRows(pairHistory(history, 3), [layer('a', 100), layer('b', 0), layer('c', 5)], null);
  expect(rows.map(({ number, instruction, unpacked }) => [number, instruction, unpacked])).toEqual([
    [1, 'ADD x /', 100],
    [null, 'CMD ["sh"]', null],
    [2, 'RUN a', 0],
    [null, 'ENV B=c', null],
    [3, 'RUN b', 5],
  ]);
  expect(rows[0]).toMatchObject({ digest: 'sha256:packed-a', diffId: 'sha256:a', created: '2026-01-02T03:04:05.678Z' });
  expect(totalsOf(rows)).toEqual({ layers: 3, compressed: 30, unpacked: 105, base: null });
  expect(sizesOf(totalsOf(rows))).toBe('both');
});

test('a sum is not known where a size is not', () => {
  const rows = layerRows(pairHistory(history, 3), [layer('a', 100), layer('b', null), layer('c', 5)], null);
  expect(totalsOf(rows)).toMatchObject({ compressed: 30, unpacked: null });
  expect(sizesOf(totalsOf(rows))).toBe('compressed');
});

test('layers of a base that is proven are marked; what made no layer between base and image is left open', () => {
  const rows = layerRows(pairHistory(history, 3), [layer('a', 100), layer('b', 7), layer('c', 5)], 2);
  expect(rows.map(({ base }) => base)).toEqual([true, true, true, null, false]);
  expect(totalsOf(rows).base).toBe(107);
});

test('the beginning of time, which reproducible builds write, is no time', () => {
  const written = ['1970-01-01T00:00:00Z', '0001-01-01T00:00:00Z', 'yesterday', null];
  const lines = written.map((created) => ({ ...line('RUN a'), created }));
  const layers = written.map((_, index) => layer(String(index), 1));
  expect(layerRows(pairHistory(lines, 4), layers, null).map(({ created }) => created)).toEqual([
    null,
    null,
    null,
    null,
  ]);
});
