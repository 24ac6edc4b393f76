import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readImageArchive } from '../../../src/layers/files/read-image-archive.ts';
import { dice, generatedLayers } from './generated-image.ts';
import { dockerArchive, inPieces, ociArchive, type Packing, testLayer } from './saved-image.ts';
import { unpackToDisk } from './unpack-to-disk.ts';

const packings: readonly Packing[] = ['none', 'gzip', 'zstd'];

test.each(Array.from({ length: 20 }, (_, index) => index + 1))(
  'generated image %i: stored, live and hidden bytes are those of unpacking it to disk',
  async (seed) => {
    const folder = await mkdtemp(join(tmpdir(), 'dockproof-layers-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const roll = dice(seed);
    const items = generatedLayers(seed);
    const slow = await unpackToDisk(items, folder);
    const layers = items.map((entries) => testLayer(entries, packings[roll(3)]));
    const archive = seed % 2 === 0 ? dockerArchive(layers) : ociArchive(layers);
    const files = await readImageArchive(inPieces(archive, 1 + roll(70_000)));
    expect(files.notes).toEqual([]);
    expect(files.complete).toBe(true);
    expect(files.hidden).toMatchObject({ stored: slow.stored, live: slow.live, hidden: slow.stored - slow.live });
    expect(files.layers.map(({ contents }) => contents)).toEqual(slow.contents);
    const pieces = files.hidden?.pieces ?? [];
    const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
    expect(sum(pieces.map(({ bytes }) => bytes)) + (files.hidden?.rest.bytes ?? 0)).toBe(slow.stored - slow.live);
    for (const [index, layer] of files.layers.entries()) {
      const own = pieces.filter(({ writer }) => writer === index + 1);
      expect(layer.hidden).toBe(sum(own.map(({ bytes }) => bytes)));
    }
    expect(sum(files.layers.map(({ stored }) => stored))).toBe(slow.stored);
    expect(sum(files.layers.map(({ hides }) => hides))).toBe(slow.stored - slow.live);
  },
);
