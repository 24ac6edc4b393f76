import type { EngineConfig } from '../config.ts';
import { ensureBaseImage } from './base-image.ts';
import { connectEngine, describeEngine, type Engine } from './engine.ts';
import { readOwner } from './owner.ts';
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
  /** The folder that keeps the id of this Dockproof. */
  readonly dataFolder: string;
}

/** Opens the engine for demos. Makes no request yet. */
export function openDemoEngine(parts: DemoEngineParts): DemoEngine {
  const engine: Engine = connectEngine(parts.config, parts.environment);
  const activeRuns = new Set<string>();
  let owner: Promise<string> | null = null;
  const readOwnerOnce = () => {
    owner ??= readOwner(parts.dataFolder);
    return owner;
  };
  return {
    address: engine.address,
    facts: () => describeEngine(engine),
    prepare: () => ensureBaseImage(engine, parts.baseImage),
    reap: async () => reap(engine, { owner: await readOwnerOnce(), activeRuns, now: Date.now() }),
    async openRun({ runId, timeLimitSeconds, signal }) {
      activeRuns.add(runId);
      try {
        const [facts, baseImage, ownerId] = await Promise.all([
          describeEngine(engine),
          ensureBaseImage(engine, parts.baseImage),
          readOwnerOnce(),
        ]);
        return openRun({
          engine,
          facts,
          baseImage,
          owner: ownerId,
          runId,
          timeLimitSeconds,
          signal,
          closed: () => activeRuns.delete(runId),
        });
      } catch (error) {
        activeRuns.delete(runId);
        throw error;
      }
    },
  };
}
