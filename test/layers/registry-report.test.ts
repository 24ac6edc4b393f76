import { expect, test } from 'vitest';
import { registryReport, type ToldImage } from '../../src/layers/registry-report.ts';

const layer = (size: number, mediaType: string, urls?: readonly string[]) => ({
  ...{ digest: `sha256:${'a'.repeat(64)}`, size, mediaType },
  ...(urls === undefined ? {} : { urls }),
});
const told = (manifest: ToldImage['manifest'], diffIds: readonly string[]): ToldImage => ({
  reference: { full: 'docker.io/library/x:1' },
  digest: `sha256:${'b'.repeat(64)}`,
  platform: 'windows/amd64',
  manifest,
  config: { rootfs: { diff_ids: diffIds } },
  platforms: [],
  attestations: { all: 0, own: 0 },
});

test('a layer that is stored elsewhere is told with its size, and the others are shown', () => {
  const foreign = layer(500, 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip', ['https://mcr.example/x']);
  const report = registryReport(
    told({ layers: [foreign, layer(20, 'application/vnd.oci.image.layer.v1.tar+gzip')] }, ['a', 'b']),
    [],
  );
  expect(report.layers.map(({ compressed }) => compressed)).toEqual([500, 20]);
  expect(report.notes).toContain('Layer 1 is stored elsewhere, 500 bytes of it.');
});

test('a configuration that names another number of layers than the manifest is flagged', () => {
  const report = registryReport(told({ layers: [layer(20, 'x'), layer(30, 'x')] }, ['a']), []);
  expect(report.layers.map(({ diffId }) => diffId)).toEqual(['a', null]);
  expect(report.notes.join()).toContain('names 1 layers and its manifest 2');
});
