import type { EngineConfig } from '../config.ts';
import { ensureBaseImage } from './base-image.ts';
import { connectEngine, describeEngine, type Engine } from './engine.ts';
import { reap } from './reaper.ts';
import { type OpenRun, openRun } from './run.ts';
import type { EngineFacts, Image } from './sandbox.ts';

/** How a run is to be bounded. */
export interface RunOptions {
  readonly runId: string;
  readonly timeLimitSeconds: number;
  /** Aborting it stops the run. */
  readonly signal: AbortSignal;
}

/** The engine as the rest of the program uses it: facts, runs and the reaper. */
export interface DemoEngine {
  /** For messages. */
  readonly address: string;
  /** @throws SandboxError `no-engine`, `engine-denied` */
  facts(): Promise<EngineFacts>;
  /** Makes the demo base image where it is missing. @throws SandboxError `no-base-image`, `no-engine` */
  prepare(): Promise<Image>;
  /** Opens a run; its `close` must be called however the run ends. @throws SandboxError */
  openRun(options: RunOptions): Promise<OpenRun>;
  /** Removes what earlier runs left. @returns the number of objects removed @throws SandboxError */
  reap(): Promise<number>;
}

/** What the demo engine is made of. */
export interface DemoEngineParts {
  readonly config: EngineConfig;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The image by digest to take busybox from; null for the usual places. */
  readonly baseImage: string | null;
  /** The id of this Dockproof, see `readOwner`. */
  readonly owner: string;
}

/** Opens the engine for demos. Makes no request yet. */
export function openDemoEngine(parts: DemoEngineParts): DemoEngine {
  const engine: Engine = connectEngine(parts.config, parts.environment);
  const activeRuns = new Set<string>();
  const reapNow = () => reap(engine, { owner: parts.owner, activeRuns, now: Date.now() });
  return {
    address: engine.address,
    facts: () => describeEngine(engine),
    prepare: () => ensureBaseImage(engine, parts.baseImage),
    reap: reapNow,
    async openRun(options) {
      activeRuns.add(options.runId);
      try {
        const [facts, baseImage] = await Promise.all([
          describeEngine(engine),
          ensureBaseImage(engine, parts.baseImage),
        ]);
        return openRun({
          engine,
          facts,
          baseImage,
          owner: parts.owner,
          ...options,
          closed: () => activeRuns.delete(options.runId),
        });
      } catch (error) {
        activeRuns.delete(options.runId);
        throw error;
      }
    },
  };
}
