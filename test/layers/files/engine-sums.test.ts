import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type Docker from 'dockerode';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readImageArchive } from '../../../src/layers/files/read-image-archive.ts';
import { baseImageName } from '../../../src/sandbox/base-image.ts';
import { openTestEngine, openTestRun } from '../../engines/test-engine.ts';
import { dice, generatedLayers } from './generated-image.ts';
import { dockerArchive, inPieces, type Packing, testLayer } from './saved-image.ts';
import { tarBytes } from './tar-bytes.ts';

/** What the engine says that each layer takes, lowest first, and what the reader finds in the engine's own archive. */
async function bothSums(docker: Docker, name: string) {
  const history: { Size: number }[] = await docker.getImage(name).history();
  const files = await readImageArchive(Readable.from(await docker.getImage(name).get()));
  const engine = history.reverse().map(({ Size }) => Size);
  // Lines without a layer are of size 0, and so are layers without files: what is left must agree in order.
  const withBytes = (sizes: readonly number[]) => sizes.filter((size) => size > 0);
  return { files, engine: withBytes(engine), reader: withBytes(files.layers.map(({ contents }) => contents)) };
}

async function openEngine() {
  const opened = await openTestEngine();
  const { Driver } = await opened.docker.info();
  expect(Driver, 'another storage driver counts in another way').toBe('overlay2');
  return opened;
}

describe('what a layer takes is what the engine says, to the byte', () => {
  test('for 20 generated images', async () => {
    const { docker } = await openEngine();
    for (let seed = 1; seed <= 20; seed++) {
      const roll = dice(seed);
      const packings: readonly Packing[] = ['none', 'gzip'];
      const layers = generatedLayers(seed).map((items) => testLayer(items, packings[roll(2)]));
      const name = `layers-test-${crypto.randomUUID().slice(0, 8)}:${seed}`;
      const answer = await text(await docker.loadImage(Readable.from(inPieces(dockerArchive(layers, name)))));
      expect(answer).toContain(name);
      onTestFinished(() => docker.getImage(name).remove({ force: true }));
      const { files, engine, reader } = await bothSums(docker, name);
      expect(files).toMatchObject({ complete: true, notes: [] });
      expect(reader).toEqual(engine);
    }
  });

  test('for an image that was built, with all that a Dockerfile does to files', async () => {
    const { engine: demoEngine, docker } = await openEngine();
    await openTestRun(demoEngine);
    const dockerfile = [
      `FROM ${baseImageName}`,
      'USER 0',
      'RUN mkdir -p /d/e && head -c 100000 /dev/zero > /d/e/a && ln /d/e/a /d/b && ln -s e /d/link',
      'RUN head -c 5000 /dev/urandom > /d/c && chmod 600 /d/e/a',
      'RUN rm /d/c',
      'RUN rm -r /d && mkdir /d && echo new > /d/new',
    ];
    const context = tarBytes([{ path: 'Dockerfile', content: dockerfile.join('\n') }]);
    const name = `layers-test-${crypto.randomUUID().slice(0, 8)}:built`;
    const answer = await docker.buildImage(Readable.from([context]), { t: name, networkmode: 'none', nocache: true });
    expect(await text(answer)).toContain('Successfully tagged');
    onTestFinished(() => docker.getImage(name).remove({ force: true }));
    const { files, engine, reader } = await bothSums(docker, name);
    expect(reader).toEqual(engine);
    expect(files).toMatchObject({ complete: true, notes: [] });
    const hidden = files.hidden?.pieces.map(({ path, files: count, bytes, reason }) => [path, count, bytes, reason]);
    expect(hidden).toEqual([
      ['/d', 1, 100_000, 'directory-removed'],
      ['/d', 1, 100_000, 'directory-removed'],
      ['/d/c', 1, 5000, 'deleted'],
    ]);
  });
});
