import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../engines/test-engine.ts';
import { sampleImage, serving, startStub } from '../registry/stub-registry.ts';
import { runProgram } from './run-program.ts';

const history = [
  { created_by: 'ADD rootfs.tar /', created: '2026-01-02T03:04:05Z' },
  { created_by: 'RUN |1 NPM_TOKEN=hunter2 /bin/sh -c npm\u001b[31m ci # buildkit' },
  { created_by: 'CMD ["sh"]', empty_layer: true },
];
const sample = sampleImage({ history, layers: [5000, 20] });

async function start() {
  const { host } = await startStub(serving(sample));
  const settings = { DATA_DIR: await temporaryFolder(), LAYER_REGISTRIES: `private:${host}` };
  return { image: `${host}/a/b:1`, run: (...words: string[]) => runProgram(['layers', ...words], settings) };
}

describe('layers', () => {
  test('shows a line for each instruction, the lowest first, and what the report leads to', async () => {
    const { image, run } = await start();
    const { code, out, err } = await run(image);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const lines = out.split('\n');
    expect(lines.slice(0, 3)).toEqual([
      image,
      '2 layers, 5.02 kB compressed; linux/amd64, at its registry.',
      sample.digest,
    ]);
    expect(lines.slice(4, 8).map((line) => line.trim().replace(/ {2,}/g, ' | '))).toEqual([
      'size | age | instruction',
      expect.stringMatching(/^1 \| 5 kB \| \d+ months \| ADD rootfs\.tar \/$/),
      '2 | 20 B | – | RUN npm [31m ci',
      '– | CMD ["sh"]',
    ]);
    expect(out).toContain('! The history keeps the value of NPM_TOKEN');
    expect(out).toContain('See it happen: ./dockproof demo secret-in-layer');
    expect(out).not.toContain('hunter2');
    expect(out).not.toContain('\u001b');
  });

  test('--json prints the report', async () => {
    const { image, run } = await start();
    const { code, out } = await run(image, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      ...{ image, platform: 'linux/amd64', digest: sample.digest, source: 'registry', sizes: 'compressed' },
      layers: [
        { number: 1, instruction: 'ADD rootfs.tar /', compressed: 5000, unpacked: null, empty: false, base: null },
        { number: 2, compressed: 20 },
        { number: null, empty: true },
      ],
      totals: { layers: 2, compressed: 5020, unpacked: null, base: null },
      ...{ hidden: null, files: null, notes: [] },
    });
  });

  test('of two images shows what both have', async () => {
    const { image, run } = await start();
    const { code, out } = await run(image, image);
    expect(code).toBe(0);
    expect(out).toContain('Both have 2 layers in common (5.02 kB): an engine stores them once.\n');
  });

  test('says in one line why it cannot, and exits with 1', async () => {
    const { image, run } = await start();
    for (const [name, words] of [
      [image.replace(/:1$/, ':2'), 'is not there, or it is private'],
      ['registry.example/x', 'I do not ask the registry registry.example'],
      ['NO', 'is no name of an image'],
    ] as const) {
      const { code, out, err } = await run(name);
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err.trim().split('\n')).toEqual([expect.stringContaining(words)]);
    }
    const { code, err } = await run(image, '--platform', 'linux/s390x');
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('It is for linux/amd64') });
  });

  test.each([
    [[], 'needs an image'],
    [['a', 'b', 'c'], 'one image, or two'],
    [['a', 'b', '--files'], 'neither --files'],
  ])('called as %j says how it is called, and exits with 2', async (words, told) => {
    const { run } = await start();
    const { code, err } = await run(...words);
    expect(code).toBe(2);
    expect(err).toContain(told);
  });
});
