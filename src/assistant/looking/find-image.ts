import type { LayerReport } from '../../layers/layer-report.ts';
import type { Registry } from '../../registry/create-registry.ts';
import { isImageId } from '../../registry/image-reference.ts';
import { readPlatform } from '../../registry/platform.ts';
import { RegistryError } from '../../registry/registry-error.ts';
import { SandboxError } from '../../sandbox/sandbox-error.ts';
import { AssistantError } from '../assistant-error.ts';
import type { LookRequest } from '../layers.ts';
import type { EngineImages } from './engine-images.ts';
import { lookAtRegistry } from './look-at-registry.ts';
import { wantsFiles } from './wants-files.ts';

/** Where images are looked for. */
export interface ImagePlaces {
  readonly onEngine: EngineImages;
  readonly registry: () => Promise<Registry>;
}

/**
 * Tells what is in an image: from the engine where it has the image, or else from its registry.
 * @throws AssistantError `no-layers` where neither has it; SandboxError, RegistryError, ImageUnreadable
 */
export async function findImage(places: ImagePlaces, request: LookRequest): Promise<LayerReport> {
  const { onEngine } = places;
  const written = request.image.trim();
  const wanted = request.platform === null ? null : readPlatform(request.platform);
  const here = await onEngine.find(written, wanted);
  if (here !== null && !(here instanceof SandboxError))
    return wantsFiles(request) ? onEngine.addFiles(here, request) : here;
  if (isImageId(written)) {
    if (here !== null) throw here;
    const message = `No image ${wanted === null ? '' : `for ${wanted} `}with the id ${written} is on the engine here, and registries know no such ids`;
    throw new AssistantError('no-layers', message);
  }
  return elsewhere(places, request, here);
}

/** Asks the registry. @param engineFailure why the engine did not answer; null where it has no such image */
async function elsewhere(
  { onEngine, registry }: ImagePlaces,
  request: LookRequest,
  engineFailure: SandboxError | null,
): Promise<LayerReport> {
  try {
    const report = await lookAtRegistry(await registry(), request, onEngine.candidates);
    if (engineFailure === null) return report;
    return { ...report, notes: [...report.notes, 'No engine answered, so this is what the registry has.'] };
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    const engineToo =
      engineFailure === null
        ? 'The engine here does not have it either'
        : `The engine was no help: ${engineFailure.message}`;
    throw new AssistantError('no-layers', `${error.message}. ${engineToo}`, { cause: error });
  }
}
