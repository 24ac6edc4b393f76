import { expect, test } from 'vitest';
import type { LayerReport } from '../../../src/assistant/layers.ts';
import { withFiles } from '../../../src/layers/with-files.ts';
import { shortLayers, wholeLayers } from '../../../src/slack/layers/layer-message.ts';

const report: LayerReport = {
  image: 'docker.io/library/a:1',
  platform: 'linux/amd64',
  digest: `sha256:${'a'.repeat(64)}`,
  source: 'registry',
  sizes: 'compressed',
  layers: Array.from({ length: 6 }, (_, index) => ({
    number: index + 1,
    digest: `sha256:${String(index).repeat(64)}`,
    diffId: null,
    instruction: `RUN step ${index}`,
    compressed: index,
    unpacked: null,
    empty: false,
    created: null,
    base: null,
  })),
  totals: { layers: 6, compressed: 15, unpacked: null, base: null },
  hidden: null,
  files: null,
  advice: [],
  notes: [],
};

test('names of files reach nobody with what moves a cursor, ends a line or turns a text around', () => {
  const path = (name: string) => `/${name}/\u001b[2J\nfake\u202egpj.exe\u200b/id_rsa`;
  const read = withFiles(report, {
    complete: true,
    hidden: {
      ...{ stored: 20, live: 10, hidden: 10, score: 0.5, rest: { count: 0, bytes: 0 } },
      pieces: [{ path: path('hidden'), bytes: 10, files: 1, writer: 1, hider: 2, reason: 'deleted' }],
    },
    layers: [],
    largest: [{ path: path('large'), bytes: 10, layer: 1 }],
    secrets: [{ path: path('secret'), layer: 1, hidden: false }],
    dive: { wastedBytes: 10, score: 0.5 },
    path: null,
    notes: [],
  });
  const shown = [shortLayers(read, '/docker layers a:1'), ...wholeLayers(read)];
  const texts = shown.map(({ text, blocks }) => `${text}\n${JSON.stringify(blocks)}`).join('\n');
  for (const name of ['hidden', 'large', 'secret'])
    expect(texts).toContain(`/${name}/\\u{1b}[2J\\u{a}fake\\u{202e}gpj.exe\\u{200b}/id_rsa`);
  expect(texts).not.toContain('\u001b');
  expect(texts).not.toMatch(/\\u001b|\\nfake|\nfake|\p{Cf}/u);
  expect(read.files?.secrets[0]?.path).toBe(path('secret'));
});

test('how many layers are left out is said in a sentence of its own', () => {
  const { blocks } = shortLayers(report, '/docker layers a:1');
  expect(JSON.stringify(blocks)).toContain('"1 smaller layer is left out. All lines: /docker layers a:1"');
});
