import { compareReports } from '../../layers/compare-reports.ts';
import { baseInHistory, engineReport } from '../../layers/engine-report.ts';
import { ImageUnreadable } from '../../layers/files/image-files.ts';
import { readImageArchive } from '../../layers/files/read-image-archive.ts';
import { readLayerBlobs } from '../../layers/files/read-layer-blobs.ts';
import type { BaseCandidate } from '../../layers/find-base.ts';
import type { LayerReport } from '../../layers/layer-report.ts';
import { isStoredElsewhere, registryReport } from '../../layers/registry-report.ts';
import { withFiles } from '../../layers/with-files.ts';
import type { Registry, RegistryImage } from '../../registry/create-registry.ts';
import { isImageId, readReference } from '../../registry/image-reference.ts';
import { isPlatform, readPlatform } from '../../registry/platform.ts';
import { tellRate } from '../../registry/rate.ts';
import { RegistryError } from '../../registry/registry-error.ts';
import type { DemoEngine } from '../../sandbox/demo-engine.ts';
import { SandboxError } from '../../sandbox/sandbox-error.ts';
import type { Store } from '../../store/store.ts';
import { AssistantError } from '../assistant-error.ts';
import type { Layers, LookRequest } from '../layers.ts';
import { createPermits, type PermissionSettings } from '../running/run-permission.ts';
import { createLookLimits } from './look-limits.ts';

/** What looks into images. */
export interface LayerParts {
  readonly engine: () => Promise<DemoEngine>;
  readonly registry: () => Promise<Registry>;
  /** Null where nothing outlives the process. @throws StoreUnavailable */
  readonly store: () => Promise<Pick<Store, 'runs' | 'settings'> | null>;
  /** What is in force where there is no store. */
  readonly defaults: PermissionSettings;
}

/** An engine as it may be asked: none that answers is no fault, since a registry may know the image. */
type Asked<Found> = { readonly found: Found } | { readonly failure: SandboxError };

/** Bytes of layers that are fetched from a registry for one look at most. */
const mostFetched = 2_000_000_000;

function wantsFiles({ files, path }: LookRequest): boolean {
  return files || path !== null;
}

/** Makes what looks into images. The same people may do it, in the same places, who may run demos. */
export function createLayers({ engine, registry, store, defaults }: LayerParts): Layers {
  const limits = createLookLimits(Date.now);
  const { permit } = createPermits(store, defaults, {
    doing: 'look into images',
    once: 'do it',
    here: 'I do not look into images in this channel. Ask me',
  });

  async function askEngine<Found>(ask: (engine: DemoEngine) => Promise<Found>): Promise<Asked<Found>> {
    try {
      return { found: await ask(await engine()) };
    } catch (failure) {
      if (failure instanceof SandboxError) return { failure };
      throw failure;
    }
  }

  /** Images that may be the base of another; none where the engine does not tell. */
  async function candidates(): Promise<readonly BaseCandidate[]> {
    const asked = await askEngine((opened) => opened.namedLayers());
    return 'found' in asked ? asked.found : [];
  }

  /** Reads the files of an image that the engine has. */
  async function filesFromEngine(report: LayerReport, { path, signal }: LookRequest): Promise<LayerReport> {
    const archive = (await engine()).storedArchive(report.digest);
    const platform = report.platform === null ? {} : { platform: report.platform };
    return withFiles(
      report,
      await readImageArchive(archive, { ...platform, ...(path === null ? {} : { path }), signal }),
    );
  }

  /** Reads the files of an image at a registry, of which no more come than an image may reasonably have. */
  async function filesFromRegistry(
    report: LayerReport,
    { reference, manifest, config }: RegistryImage,
    { path, signal }: LookRequest,
  ): Promise<LayerReport> {
    const asked = await registry();
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
      open: isStoredElsewhere(mediaType) ? null : () => asked.layer(reference, digest, signal),
    }));
    return withFiles(report, await readLayerBlobs(layers, { ...(path === null ? {} : { path }), signal }));
  }

  async function fromEngine(written: string, wanted: string | null): Promise<LayerReport | SandboxError | null> {
    const id = isImageId(written);
    const name = id ? written : readReference(written).full;
    const asked = await askEngine((opened) => opened.storedImage(name));
    if ('failure' in asked) return asked.failure;
    if (asked.found === null) return null;
    const others = baseInHistory(asked.found) === null ? await candidates() : [];
    const report = engineReport(id ? asked.found.id : name, asked.found, others);
    return wanted === null || (report.platform !== null && isPlatform(report.platform, wanted)) ? report : null;
  }

  async function fromRegistry(request: LookRequest): Promise<LayerReport> {
    const told = await (await registry()).image(request.image, request.platform, request.signal);
    const described = registryReport(told, await candidates());
    const report = wantsFiles(request) ? await filesFromRegistry(described, told, request) : described;
    if (told.rate === null) return report;
    const remains = `At ${told.reference.registry}, ${tellRate(told.rate)}.`;
    return { ...report, notes: [...report.notes, remains] };
  }

  async function find(request: LookRequest): Promise<LayerReport> {
    const written = request.image.trim();
    const wanted = request.platform === null ? null : readPlatform(request.platform);
    const here = await fromEngine(written, wanted);
    if (here !== null && !(here instanceof SandboxError))
      return wantsFiles(request) ? filesFromEngine(here, request) : here;
    if (isImageId(written)) {
      if (here !== null) throw here;
      const message = `No image ${wanted === null ? '' : `for ${wanted} `}with the id ${written} is on the engine here, and registries know no such ids`;
      throw new AssistantError('no-layers', message);
    }
    try {
      const report = await fromRegistry(request);
      if (here === null) return report;
      return { ...report, notes: [...report.notes, 'No engine answered, so this is what the registry has.'] };
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
      const engineToo =
        here === null ? 'The engine here does not have it either' : `The engine was no help: ${here.message}`;
      throw new AssistantError('no-layers', `${error.message}. ${engineToo}`, { cause: error });
    }
  }

  async function allowed<Result>(request: LookRequest, work: () => Promise<Result>): Promise<Result> {
    await permit(request);
    const leave = limits.enter(request.who, wantsFiles(request));
    try {
      return await work();
    } catch (error) {
      const { signal } = request;
      if (signal.aborted && signal.reason instanceof Error && signal.reason.name === 'TimeoutError') {
        const message = 'That took too long, so I stopped. Ask again later, or at a terminal: ./dockproof layers';
        throw new AssistantError('no-layers', message, { cause: error });
      }
      if (error instanceof RegistryError || error instanceof ImageUnreadable)
        throw new AssistantError('no-layers', error.message, { cause: error });
      throw error;
    } finally {
      leave();
    }
  }

  return {
    look: (request) => allowed(request, () => find(request)),
    compare: (request, other) =>
      allowed(request, async () => {
        const [a, b] = await Promise.all([find(request), find({ ...request, image: other })]);
        return compareReports(a, b);
      }),
  };
}
