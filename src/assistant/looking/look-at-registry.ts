import { readLayerBlobs } from '../../layers/files/read-layer-blobs.ts';
import type { BaseCandidate } from '../../layers/find-base.ts';
import type { LayerReport } from '../../layers/layer-report.ts';
import { isStoredElsewhere, registryReport } from '../../layers/registry-report.ts';
import { withFiles } from '../../layers/with-files.ts';
import type { Registry, RegistryImage } from '../../registry/create-registry.ts';
import { tellRate } from '../../registry/rate.ts';
import { AssistantError } from '../assistant-error.ts';
import type { LookRequest } from '../layers.ts';
import { wantsFiles } from './wants-files.ts';

/** Bytes of layers that are fetched from a registry for one look at most. */
const mostFetched = 2_000_000_000;

/**
 * Tells what is in an image at its registry, with its files where they are wanted.
 * @param candidates gives the images that may be the base of it
 * @throws RegistryError; AssistantError `no-layers` where too much would have to come; ImageUnreadable
 */
export async function lookAtRegistry(
  registry: Registry,
  request: LookRequest,
  candidates: () => Promise<readonly BaseCandidate[]>,
): Promise<LayerReport> {
  const told = await registry.image(request.image, request.platform, request.signal);
  const described = registryReport(told, await candidates());
  const report = wantsFiles(request) ? await addFiles(registry, described, told, request) : described;
  if (told.rate === null) return report;
  const remains = `At ${told.reference.registry}, ${tellRate(told.rate)}.`;
  return { ...report, notes: [...report.notes, remains] };
}

/** Reads the files of an image at a registry, of which no more come than an image may reasonably have. */
async function addFiles(
  registry: Registry,
  report: LayerReport,
  { reference, manifest, config }: RegistryImage,
  { path, signal }: LookRequest,
): Promise<LayerReport> {
  const bytes = manifest.layers.reduce((sum, { size }) => sum + size, 0);
  if (bytes > mostFetched)
    throw new AssistantError(
      'no-layers',
      `The files of ${reference.full} are not read from its registry: ${bytes} bytes would have to come, and ${mostFetched} are the most. Pull it, then ask again`,
    );
  const layers = manifest.layers.map(({ digest, size, mediaType }, index) => ({
    digest,
    size,
    diffId: config.rootfs.diff_ids[index] ?? null,
    open: isStoredElsewhere(mediaType) ? null : () => registry.layer(reference, digest, signal),
  }));
  return withFiles(report, await readLayerBlobs(layers, { ...(path === null ? {} : { path }), signal }));
}
