import { baseInHistory, engineReport } from '../../layers/engine-report.ts';
import { readImageArchive } from '../../layers/files/read-image-archive.ts';
import type { BaseCandidate } from '../../layers/find-base.ts';
import type { LayerReport } from '../../layers/layer-report.ts';
import { withFiles } from '../../layers/with-files.ts';
import { isImageId, readReference } from '../../registry/image-reference.ts';
import { isPlatform } from '../../registry/platform.ts';
import type { DemoEngine } from '../../sandbox/demo-engine.ts';
import { SandboxError } from '../../sandbox/sandbox-error.ts';
import type { LookRequest } from '../layers.ts';

/** The images that the engine has. */
export interface EngineImages {
  /** Images that may be the base of another; none where the engine does not tell. */
  candidates(): Promise<readonly BaseCandidate[]>;
  /**
   * Tells what is in an image of the engine, without its files.
   * @param written a name or an id, as a person wrote it
   * @param wanted the platform it has to be for; null for any
   * @returns null where the engine has none such; its failure where it does not answer
   * @throws RegistryError where the name is none
   */
  find(written: string, wanted: string | null): Promise<LayerReport | SandboxError | null>;
  /** Reads the files of an image that the engine has. @throws SandboxError, ImageUnreadable */
  addFiles(report: LayerReport, request: LookRequest): Promise<LayerReport>;
}

/** An engine as it may be asked: none that answers is no fault, since a registry may know the image. */
type Asked<Found> = { readonly found: Found } | { readonly failure: SandboxError };

/** Makes what looks into the images of the engine. It connects when it is asked. */
export function createEngineImages(engine: () => Promise<DemoEngine>): EngineImages {
  async function askEngine<Found>(ask: (engine: DemoEngine) => Promise<Found>): Promise<Asked<Found>> {
    try {
      return { found: await ask(await engine()) };
    } catch (failure) {
      if (failure instanceof SandboxError) return { failure };
      throw failure;
    }
  }

  async function candidates(): Promise<readonly BaseCandidate[]> {
    const asked = await askEngine((opened) => opened.namedLayers());
    return 'found' in asked ? asked.found : [];
  }

  return {
    candidates,
    async find(written, wanted) {
      const id = isImageId(written);
      const name = id ? written : readReference(written).full;
      const asked = await askEngine((opened) => opened.storedImage(name));
      if ('failure' in asked) return asked.failure;
      if (asked.found === null) return null;
      const others = baseInHistory(asked.found) === null ? await candidates() : [];
      const report = engineReport(id ? asked.found.id : name, asked.found, others);
      return wanted === null || (report.platform !== null && isPlatform(report.platform, wanted)) ? report : null;
    },
    async addFiles(report, { path, signal }) {
      const archive = (await engine()).storedArchive(report.digest);
      const platform = report.platform === null ? {} : { platform: report.platform };
      return withFiles(
        report,
        await readImageArchive(archive, { ...platform, ...(path === null ? {} : { path }), signal }),
      );
    },
  };
}
