import { expect, test } from 'vitest';
import { type EngineImage, engineReport } from '../../src/layers/engine-report.ts';
import { findBase, namedBase } from '../../src/layers/find-base.ts';

const line = (createdBy: string, bytes: number) => ({
  ...{ createdBy, comment: '', created: '2026-01-02T00:00:00Z' },
  ...{ bytes, layersSoFar: null, names: [] },
});
const image: EngineImage = {
  id: `sha256:${'1'.repeat(64)}`,
  os: 'linux',
  architecture: 'arm',
  variant: 'v7',
  layers: ['sha256:a', 'sha256:b'],
  bytes: 110,
  labels: {},
  containerdStore: false,
  history: [line('ADD x /', 100), line('RUN make', 10)],
};

test('an engine that counts what layers take on disk has that kind of size named', () => {
  const notes = (containerdStore: boolean) => engineReport('x', { ...image, containerdStore }, []).notes.join();
  expect(notes(true)).toContain('Sizes are what the layers take on disk');
  expect(notes(false)).toBe('');
});

test('an engine that tells no size of any layer leaves them open, and has the size of the whole', () => {
  const history = [line('ADD x /', 0), line('RUN make', 0)];
  const report = engineReport('x', { ...image, history }, []);
  expect(report.layers.map(({ unpacked }) => unpacked)).toEqual([null, null]);
  expect(report.totals.unpacked).toBe(110);
  expect(report.notes).toContain('The engine does not say how large each layer is.');
});

test('a history with fewer lines than layers hides none of them', () => {
  const report = engineReport('x', { ...image, history: [line('ADD x /', 110)] }, []);
  expect(report.layers.map(({ number, instruction, unpacked }) => [number, instruction, unpacked])).toEqual([
    [1, 'ADD x /', 110],
    [2, null, null],
  ]);
});

test('what an image says of its base is told, and proves nothing', () => {
  const labels = {
    'org.opencontainers.image.base.name': 'docker.io/library/debian:12<!channel>',
    'org.opencontainers.image.base.digest': `sha256:${'b'.repeat(64)}`,
  };
  const report = engineReport('x', { ...image, labels }, []);
  expect(report.notes).toEqual([
    'It says that it was built on docker.io/library/debian:12channel@sha256:bbbbbbbbbbbb…; which of its layers are from there nothing proves.',
  ]);
  expect(report.layers.map(({ base }) => base)).toEqual([null, null]);
  expect(namedBase({})).toBeNull();
});

test('a history that names an image on its way proves the base', () => {
  const [first, last] = image.history;
  const base = { ...(first ?? line('', 0)), names: ['debian:12'], layersSoFar: 1 };
  const report = engineReport('x', { ...image, history: [base, last ?? line('', 0)] }, []);
  expect(report.layers.map(({ base: of }) => of)).toEqual([true, false]);
  expect(report.notes).toEqual(['Its lowest layers are those of debian:12, which is here too.']);
});

test('the base is the image with most of the lowest layers, and of equals the older', () => {
  const of = (name: string, ...layers: string[]) => ({ id: name, names: [name], layers });
  const candidates = [
    of('same', 'a', 'b', 'c'),
    of('newer', 'a', 'b'),
    of('older', 'a', 'b'),
    of('low', 'a'),
    of('other', 'b'),
  ];
  expect(findBase({ id: 'x', layers: ['a', 'b', 'c'] }, candidates)).toEqual({ layers: 2, name: 'older' });
  expect(findBase({ id: 'x', layers: ['a'] }, candidates)).toBeNull();
  expect(findBase({ id: 'x', layers: ['z', 'a'] }, candidates)).toBeNull();
});
