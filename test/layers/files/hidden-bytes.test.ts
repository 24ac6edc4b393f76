import { describe, expect, test } from 'vitest';
import type { ImageFiles } from '../../../src/layers/files/image-files.ts';
import { readImageArchive } from '../../../src/layers/files/read-image-archive.ts';
import { dockerArchive, inPieces, testLayer } from './saved-image.ts';
import type { TarItem } from './tar-bytes.ts';

const file = (path: string, bytes = 1000, letter = 'a'): TarItem => ({ path, content: letter.repeat(bytes) });
const folder = (path: string): TarItem => ({ path: `${path}/`, flag: '5' });
const gone = (path: string): TarItem => ({ path: path.replace(/([^/]+)$/, '.wh.$1') });
const opaque = (path: string): TarItem => ({ path: `${path}/.wh..wh..opq` });
const link = (path: string, target: string): TarItem => ({ path, flag: '1', target });
const symlink = (path: string, target: string): TarItem => ({ path, flag: '2', target });

async function read(layers: readonly (readonly TarItem[])[], path?: string): Promise<ImageFiles> {
  const archive = dockerArchive(layers.map((items) => testLayer(items)));
  return readImageArchive(inPieces(archive), path === undefined ? {} : { path });
}

async function hiddenIn(...layers: TarItem[][]) {
  const { hidden, notes } = await read(layers);
  expect(notes).toEqual([]);
  return hidden;
}

async function names(...layers: TarItem[][]): Promise<string[]> {
  return (await read(layers)).largest.map(({ path }) => path).sort();
}

describe('what a later layer hides', () => {
  test('a file that is deleted: writer, hider, reason', async () => {
    expect(await hiddenIn([file('a'), file('b', 500)], [gone('a')])).toEqual({
      stored: 1500,
      live: 500,
      hidden: 1000,
      score: 500 / 1500,
      pieces: [{ path: '/a', files: 1, bytes: 1000, writer: 1, hider: 2, reason: 'deleted' }],
      rest: { count: 0, bytes: 0 },
    });
  });

  test('a whole directory that is removed, as one piece for each layer that wrote to it', async () => {
    const hidden = await hiddenIn([folder('d'), file('d/a'), file('d/b')], [file('d/c', 10)], [gone('d')]);
    expect(hidden).toMatchObject({ stored: 2010, live: 0, hidden: 2010, score: 0 });
    expect(hidden?.pieces).toEqual([
      { path: '/d', files: 2, bytes: 2000, writer: 1, hider: 3, reason: 'directory-removed' },
      { path: '/d', files: 1, bytes: 10, writer: 2, hider: 3, reason: 'directory-removed' },
    ]);
  });

  test('a file that is replaced by other content, and one that is written again as chmod does', async () => {
    const hidden = await hiddenIn([file('a'), file('b')], [file('a', 1000, 'z'), { ...file('b'), mode: 0o600 }]);
    expect(hidden).toMatchObject({ stored: 4000, live: 2000, hidden: 2000 });
    expect(hidden?.pieces.map(({ path, reason }) => `${path} ${reason}`)).toEqual(['/a replaced', '/b rewritten']);
  });

  test('only the copies that are hidden, not the one that shows', async () => {
    expect(await hiddenIn([file('a')], [file('a')], [file('a')])).toMatchObject({ stored: 3000, hidden: 2000 });
    expect(await hiddenIn([file('a', 1)], [file('a', 1000)])).toMatchObject({ stored: 1001, hidden: 1 });
  });

  test('a file that is replaced by a directory, and a directory by a file', async () => {
    expect(await hiddenIn([file('a')], [folder('a'), file('a/b', 1)])).toMatchObject({
      hidden: 1000,
      pieces: [{ path: '/a', reason: 'replaced' }],
    });
    expect(await hiddenIn([folder('a'), file('a/b')], [file('a', 1)])).toMatchObject({
      hidden: 1000,
      pieces: [{ path: '/a', reason: 'directory-removed' }],
    });
  });

  test('a file that is hidden and made again in one layer is replaced, wherever the marker stands', async () => {
    for (const second of [
      [gone('a'), file('a', 5)],
      [file('a', 5), gone('a')],
    ]) {
      expect(await hiddenIn([file('a')], second)).toMatchObject({ live: 5, pieces: [{ reason: 'replaced' }] });
    }
  });

  test('percentages have one denominator: pieces, layers and the score add up', async () => {
    const files = await read([[file('a'), file('b'), file('c', 10)], [file('a', 7)], [gone('b'), file('c', 20)]]);
    const { hidden, layers } = files;
    const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
    expect(sum(hidden?.pieces.map(({ bytes }) => bytes) ?? [])).toBe(hidden?.hidden);
    expect(sum(layers.map(({ stored }) => stored))).toBe(hidden?.stored);
    expect(sum(layers.map(({ hides }) => hides))).toBe(hidden?.hidden);
    expect(layers.map(({ hidden: of }) => of)).toEqual([2010, 0, 0]);
    expect(1 - (hidden?.score ?? 0)).toBeCloseTo((hidden?.hidden ?? 0) / (hidden?.stored ?? 1));
  });

  test('pieces beyond the list are summed up, so that nothing is lost', async () => {
    const many = Array.from({ length: 30 }, (_, index) => file(`f${index}`, index + 1));
    const archive = dockerArchive([testLayer(many), testLayer(many.map(({ path }) => gone(path)))]);
    const { hidden } = await readImageArchive(inPieces(archive), { limits: { listed: 5 } });
    expect(hidden?.pieces.map(({ bytes }) => bytes)).toEqual([30, 29, 28, 27, 26]);
    expect(hidden?.rest).toEqual({ count: 25, bytes: (25 * 26) / 2 });
  });
});

describe('hard links', () => {
  test('are names of one file, not copies: it is hidden when its last name goes', async () => {
    expect(await hiddenIn([file('a'), link('b', 'a')], [gone('a')])).toMatchObject({ stored: 1000, hidden: 0 });
    expect(await hiddenIn([file('a'), link('b', './a')], [gone('a')], [gone('b')])).toMatchObject({ hidden: 1000 });
  });

  test('may stand in another layer than the file, and may have a size that means nothing', async () => {
    expect(await hiddenIn([file('a')], [{ ...link('b', '/a'), size: 5 }], [gone('a')])).toMatchObject({ hidden: 0 });
  });

  test('to what is in no layer are told', async () => {
    const { hidden, notes } = await read([[file('a'), link('b', 'nowhere')]]);
    expect(hidden).toMatchObject({ stored: 1000, live: 1000 });
    expect(notes).toEqual(['1 hard link leads to no file.']);
  });
});

describe('markers', () => {
  test('for what never existed do nothing, and the rest of the layer counts', async () => {
    expect(await hiddenIn([file('a')], [gone('0-nothing'), gone('x/y'), file('b', 5)])).toMatchObject({
      stored: 1005,
      hidden: 0,
    });
  });

  test('`.wh..wh..opq` empties a directory, and what the layer brings stays, wherever the marker stands', async () => {
    const lower = [folder('d'), file('d/old'), folder('d/e'), file('d/e/old')];
    expect(await names(lower, [folder('d'), opaque('d'), file('d/new')])).toEqual(['/d/new']);
    expect(await names(lower, [folder('d'), file('d/new'), opaque('d')])).toEqual(['/d/new']);
    expect(await hiddenIn(lower, [folder('d'), opaque('d')])).toMatchObject({ hidden: 2000, live: 0 });
  });

  test('an opaque directory where the lower layer has a symbolic link: the link goes, its target stays', async () => {
    const files = await read([
      [folder('real'), file('real/a'), symlink('d', 'real')],
      [folder('d'), opaque('d')],
    ]);
    expect(files.largest.map(({ path }) => path)).toEqual(['/real/a']);
    expect(files.hidden?.hidden).toBe(0);
  });

  test('`.wh.` alone is none: its directory stays, and it is told', async () => {
    const files = await read([
      [folder('etc'), file('etc/a')],
      [{ path: 'etc/.wh.' }, { path: 'etc/.wh...' }],
    ]);
    expect(files.hidden?.hidden).toBe(0);
    expect(files.notes).toEqual([
      'Layer 2 has 2 names like that of a whiteout which is none: nothing is hidden by that.',
    ]);
  });

  test('`.wh..wh..opqX` is not the opaque marker', async () => {
    expect(await hiddenIn([folder('d'), file('d/a')], [{ path: 'd/.wh..wh..opqX' }])).toMatchObject({ hidden: 0 });
  });

  test('in the lowest layer are never shown', async () => {
    const files = await read([[gone('a'), opaque('d'), file('b')]]);
    expect(files.largest.map(({ path }) => path)).toEqual(['/b']);
    expect(files.layers[0]).toMatchObject({ added: 1, changed: 0, removed: 0 });
  });

  test('a directory removed and made again in one layer has only its new content', async () => {
    const lower = [folder('d'), file('d/old')];
    expect(await names(lower, [gone('d'), folder('d'), file('d/new')])).toEqual(['/d/new']);
    expect(await names(lower, [folder('d'), file('d/new'), gone('d')])).toEqual(['/d/new']);
  });

  test('old files do not come back above an opaque directory', async () => {
    const layers = [[folder('d'), file('d/old')], [folder('d'), opaque('d'), file('d/new')], [file('d/newer')]];
    expect(await names(...layers)).toEqual(['/d/new', '/d/newer']);
  });

  test('hide the name that they have, not one that begins like it', async () => {
    expect(await names([file('foo'), file('foobar')], [gone('foo')])).toEqual(['/foobar']);
  });

  test('that aufs left behind mean nothing', async () => {
    const left = [folder('.wh..wh.plnk'), file('.wh..wh.plnk/1.2', 5), { path: '.wh..wh.aufs' }];
    expect(await hiddenIn([file('a')], left)).toMatchObject({ stored: 1000, hidden: 0 });
  });
});

describe('dive’s own figures beside them', () => {
  const cases: [string, TarItem[][], { score: number; wastedBytes: number }][] = [
    ['a file removed', [[file('a'), file('b', 500)], [gone('a')]], { score: 500 / 1500, wastedBytes: 1000 }],
    ['a directory removed', [[folder('d'), file('d/a')], [gone('d')]], { score: 1, wastedBytes: 0 }],
    [
      'a directory emptied',
      [
        [folder('d'), file('d/a')],
        [folder('d'), opaque('d')],
      ],
      { score: 1, wastedBytes: 0 },
    ],
    ['chmod', [[file('a'), file('b', 500)], [file('a')]], { score: 0.6, wastedBytes: 2000 }],
    ['three copies', [[file('a')], [file('a')], [file('a')]], { score: 1 / 3, wastedBytes: 3000 }],
    ['a byte replaced by a thousand', [[file('a', 1)], [file('a')]], { score: 1 / 1001, wastedBytes: 1001 }],
    ['one of two hard links removed', [[file('a'), link('b', 'a')], [gone('a')]], { score: 0, wastedBytes: 1000 }],
    ['a file replaced by a directory', [[file('a')], [folder('a'), file('a/b')]], { score: 1, wastedBytes: 0 }],
    ['a single layer', [[file('a')]], { score: 1, wastedBytes: 0 }],
    [
      'a whiteout of nothing, which ends its layer in the order of names',
      [
        [file('a/x'), file('z')],
        [file('a/x'), gone('m/n'), file('z')],
      ],
      { score: 2 / 3, wastedBytes: 2000 },
    ],
  ];

  test.each(cases)('%s', async (_, layers, figures) => {
    expect((await read(layers)).dive).toEqual(figures);
  });
});

describe('what a layer did', () => {
  test('each path counts once, directories do not', async () => {
    const files = await read([
      [folder('d'), file('d/a'), file('b'), symlink('s', 'b')],
      [file('d/a', 5), gone('b'), file('new'), link('newer', 'new')],
      [gone('d'), symlink('s', 'new')],
    ]);
    expect(files.layers.map(({ added, changed, removed }) => [added, changed, removed])).toEqual([
      [3, 0, 0],
      [2, 1, 1],
      [0, 1, 1],
    ]);
  });

  test('what eStargz adds for itself is stored, but listed nowhere', async () => {
    const files = await read([
      [file('stargz.index.json'), file('.no.prefetch.landmark', 1), file('a/stargz.index.json', 5)],
    ]);
    expect(files.largest.map(({ path }) => path)).toEqual(['/a/stargz.index.json']);
    expect(files.hidden).toMatchObject({ stored: 1006, hidden: 0 });
  });

  test('the history of a path, through the links of the image', async () => {
    const layers = [
      [folder('usr'), folder('usr/bin'), file('usr/bin/tool'), symlink('bin', 'usr/bin')],
      [file('unrelated')],
      [file('usr/bin/tool', 20)],
    ];
    expect((await read(layers, '/bin/tool')).path).toEqual({
      path: '/usr/bin/tool',
      kind: 'file',
      layer: 3,
      bytes: 20,
      events: [
        { layer: 1, added: 1, changed: 0, removed: 0, bytes: 1000, itself: 'came' },
        { layer: 3, added: 0, changed: 1, removed: 0, bytes: 20, itself: null },
      ],
    });
    expect((await read(layers, 'usr/bin/')).path).toMatchObject({ kind: 'directory', layer: null });
    expect((await read(layers, '/none')).path).toMatchObject({ kind: 'absent', events: [] });
    expect((await read([[symlink('a', 'b'), symlink('b', 'a')]], '/a/x')).path).toMatchObject({ kind: 'absent' });
  });

  test('the history of a path that went', async () => {
    const { path } = await read([[file('app/key.pem')], [gone('app/key.pem')]], '/app/key.pem');
    expect(path).toMatchObject({
      kind: 'absent',
      events: [
        { layer: 1, itself: 'came' },
        { layer: 2, itself: 'went' },
      ],
    });
  });

  test('names that look like secrets, also those that a later layer hides', async () => {
    const secrets = ['app/.env', 'root/.ssh/id_rsa', 'root/.aws/credentials', 'app/server.key', 'app/.npmrc'];
    const harmless = [
      'app/.env.example',
      'root/.ssh/id_rsa.pub',
      'etc/ssl/certs/ca.pem',
      'app/node_modules/x/test/a.key',
    ];
    const files = await read([[...secrets, ...harmless].map((path) => file(path, 10)), [gone('app/.env')]]);
    expect(files.secrets.map(({ path }) => path.slice(1)).sort()).toEqual([...secrets].sort());
    expect(files.secrets.find(({ path }) => path === '/app/.env')).toMatchObject({ layer: 1, hidden: true });
    expect(files.secrets.find(({ path }) => path === '/app/server.key')).toMatchObject({ hidden: false });
  });
});
