import { randomUUID } from 'node:crypto';
import type { EngineConfig } from '../config.ts';
import { ensureBaseImage } from './base-image.ts';
import { connectEngine, describeEngine, type Engine } from './engine.ts';
import { createGate } from './engine-gate.ts';
import { riskOf } from './engine-risk.ts';
import { readOwner } from './owner.ts';
import { reap } from './reaper.ts';
import { type OpenRun, openRun } from './run.ts';
import type { EngineFacts, Image } from './sandbox.ts';
import type { WithoutLimits } from './unenforced-limits.ts';
import { createWarmPool, type Opening } from './warm-pool.ts';

/** Seconds that a container of a run outlives the run's time limit before it ends by itself. */
const deadManGraceSeconds = 10;

/** Seconds that a prepared run waits for its demo. */
const warmSeconds = 300;

/** Which run is wanted, and how it is to be bounded. */
export interface RunOptions {
  readonly demo: string | null;
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
  /**
   * Why demos do not run on this engine: it takes no notice of limits, and nobody accepted that. Null otherwise.
   */
  refusal(): Promise<string | null>;
  /** What whoever takes over this program could do through the engine; null where that is little. @throws SandboxError */
  risk(): Promise<string | null>;
  /** Makes the demo base image where it is missing. @throws SandboxError `no-base-image`, `no-engine` */
  prepare(): Promise<Image>;
  /**
   * Opens a run; its `close` must be called however the run ends.
   * @throws SandboxError, `limits-not-enforced` where the engine takes no notice of limits
   */
  openRun(options: RunOptions): Promise<OpenRun>;
  /**
   * Makes ahead what a demo begins with, when nobody waits for the engine; `openRun` then hands it out, once. Does
   * nothing where no demos are to be begun ahead.
   */
  warm(opening: Opening): void;
  /** Resolves when what is wanted stands prepared, or cannot be. */
  warmed(): Promise<void>;
  /** Removes what stands prepared. */
  close(): Promise<void>;
  /** Removes what earlier runs left. @returns the number of objects removed @throws SandboxError */
  reap(): Promise<number>;
}

/** What the demo engine is made of. */
export interface DemoEngineParts {
  readonly config: EngineConfig;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The image by digest to take busybox from; null for the usual places. */
  readonly baseImage: string | null;
  /** Whether demos run where the engine takes no notice of limits; refused where left out. */
  readonly withoutLimits?: WithoutLimits;
  /** The folder that keeps the id of this Dockproof. */
  readonly dataFolder: string;
  /** How many demos are begun ahead, and the longest that a run of one may take; none where left out. */
  readonly warm?: { readonly runs: number; readonly timeLimitSeconds: number };
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
  const { baseImage, dataFolder, withoutLimits = 'refuse' } = parts;
  const gate = createGate({ engine, baseImage, dataFolder, withoutLimits, owner: readOwnerOnce });
  const open = async (id: string, deadManSeconds: number): Promise<OpenRun> => {
    activeRuns.add(id);
    try {
      const common = { engine, runId: id, deadManSeconds, closed: () => activeRuns.delete(id) };
      return openRun({ ...common, ...(await gate.pass()), owner: await readOwnerOnce() });
    } catch (error) {
      activeRuns.delete(id);
      throw error;
    }
  };
  const { warm = { runs: 0, timeLimitSeconds: 0 } } = parts;
  let underWay = 0;
  const pool = createWarmPool({
    size: warm.runs,
    open: () => open(randomUUID(), warmSeconds + warm.timeLimitSeconds + deadManGraceSeconds),
    idle: () => underWay === 0,
    lifetime: warmSeconds * 1000,
  });
  return {
    address: engine.address,
    facts: gate.facts,
    refusal: gate.refusal,
    risk: async () => riskOf(engine, await describeEngine(engine)),
    prepare: () => ensureBaseImage(engine, parts.baseImage),
    reap: async () => reap(engine, { owner: await readOwnerOnce(), activeRuns, now: Date.now() }),
    warm: (opening) => pool.want(opening),
    warmed: () => pool.topUp(),
    close: () => pool.clear(),
    async openRun(options) {
      underWay++;
      const ended = () => {
        underWay--;
        if (underWay === 0) void pool.topUp();
      };
      try {
        // What stands prepared ends by itself, so it serves no run that may take longer than it was prepared for.
        const fits = options.demo !== null && options.timeLimitSeconds <= warm.timeLimitSeconds;
        const run =
          (fits ? pool.take(options.demo) : null) ??
          (await open(options.runId, options.timeLimitSeconds + deadManGraceSeconds));
        run.begin(options);
        return { ...run, close: () => run.close().finally(ended) };
      } catch (error) {
        ended();
        throw error;
      }
    },
  };
}
