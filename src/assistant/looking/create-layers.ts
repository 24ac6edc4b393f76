import { compareReports } from '../../layers/compare-reports.ts';
import { ImageUnreadable } from '../../layers/files/image-files.ts';
import type { LayerReport } from '../../layers/layer-report.ts';
import { plainPath } from '../../layers/plain-path.ts';
import type { Registry } from '../../registry/create-registry.ts';
import { RegistryError } from '../../registry/registry-error.ts';
import type { DemoEngine } from '../../sandbox/demo-engine.ts';
import type { Store } from '../../store/store.ts';
import { AssistantError } from '../assistant-error.ts';
import type { Layers, LookRequest } from '../layers.ts';
import { createPermits, type PermissionSettings } from '../running/run-permission.ts';
import { createEngineImages } from './engine-images.ts';
import { findImage } from './find-image.ts';
import { createLookLimits } from './look-limits.ts';
import { wantsFiles } from './wants-files.ts';

/** What looks into images. */
export interface LayerParts {
  readonly engine: () => Promise<DemoEngine>;
  readonly registry: () => Promise<Registry>;
  /** Null where nothing outlives the process. @throws StoreUnavailable */
  readonly store: () => Promise<Pick<Store, 'runs' | 'settings'> | null>;
  /** What is in force where there is no store. */
  readonly defaults: PermissionSettings;
}

/** Characters of a name that a refusal repeats. */
const mostNamed = 80;

/** Tells whether an error is about one image, and not about whoever asks. */
function isOfImage(error: unknown): error is AssistantError | RegistryError | ImageUnreadable {
  if (error instanceof AssistantError) return error.code === 'no-layers';
  return error instanceof RegistryError || error instanceof ImageUnreadable;
}

/** Makes what looks into images. The same people may do it, in the same places, who may run demos. */
export function createLayers({ engine, registry, store, defaults }: LayerParts): Layers {
  const limits = createLookLimits(Date.now);
  const { permit } = createPermits(store, defaults, {
    doing: 'look into images',
    once: 'do it',
    here: 'I do not look into images in this channel. Ask me',
  });
  const places = { onEngine: createEngineImages(engine), registry };

  /** Finds one image of several, so that a refusal says which of them it is about. */
  async function findNamed(request: LookRequest): Promise<LayerReport> {
    try {
      return await findImage(places, request);
    } catch (error) {
      if (request.signal.aborted || !isOfImage(error)) throw error;
      const written = request.image.trim();
      const name = plainPath(written.length > mostNamed ? `${written.slice(0, mostNamed)}…` : written);
      throw new AssistantError('no-layers', `${name} cannot be compared. ${error.message}`, { cause: error });
    }
  }

  async function allowed<Result>(request: LookRequest, work: () => Promise<Result>): Promise<Result> {
    await permit(request);
    const leave = limits.enter(request.who, wantsFiles(request));
    try {
      return await work();
    } catch (error) {
      throw tellWhy(error, request.signal);
    } finally {
      leave();
    }
  }

  return {
    look: (request) => allowed(request, () => findImage(places, request)),
    compare: (request, other) =>
      allowed(request, async () => {
        const [a, b] = await Promise.all([findNamed(request), findNamed({ ...request, image: other })]);
        return compareReports(a, b);
      }),
  };
}

/** What whoever asked is told of a failure; one that is not theirs to mend stays as it is. */
function tellWhy(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted && signal.reason instanceof Error && signal.reason.name === 'TimeoutError') {
    const message = 'That took too long, so I stopped. Ask again later, or at a terminal: ./dockproof layers';
    return new AssistantError('no-layers', message, { cause: error });
  }
  if (error instanceof RegistryError || error instanceof ImageUnreadable)
    return new AssistantError('no-layers', error.message, { cause: error });
  return error;
}
