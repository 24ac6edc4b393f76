import { randomUUID } from 'node:crypto';
import type { EngineConfig } from '../config.ts';
import { ensureBaseImage } from './base-image.ts';
import { connectEngine, describeEngine, type Engine } from './engine.ts';
import { createGate } from './engine-gate.ts';
import { riskOf } from './engine-risk.ts';
import { readOwner } from './owner.ts';
import { reap } from './reaper.ts';
import { type OpenRun, openRun } from './run.ts';
import { type RunLimits, startClock } from './run-clock.ts';
import type { EngineFacts, Image } from './sandbox.ts';
import {
  createNamedLayers,
  type NamedLayers,
  readStoredArchive,
  readStoredImage,
  type StoredImage,
} from './stored-image.ts';
import type { WithoutLimits } from './unenforced-limits.ts';
import { untilAborted } from './until-aborted.ts';
import { createWarmPool, type Opening } from './warm-pool.ts';

/** Seconds that a container of a run outlives the run's time limit before it ends by itself. */
const deadManGraceSeconds = 10;

/** Seconds that a prepared run waits for its demo. */
const warmSeconds = 300;

/** Which run is wanted, and how it is to be bounded. */
export interface RunOptions extends RunLimits {
  readonly demo: string | null;
  readonly runId: string;
}

/** The engine as the rest of the program uses it: facts, runs and the reaper. */
export interface DemoEngine {
  /** For messages. */
  readonly address: string;
  /** @throws SandboxError `no-engine`, `engine-denied` */
  facts(): Promise<EngineFacts>;
  /**
   * Why demos do not run on this engine: it takes no notice of limits, and nobody accepted that. Null otherwise.
   * @param signal ends the wait for it
   */
  refusal(signal?: AbortSignal): Promise<string | null>;
  /** What whoever takes over this program could do through the engine; null where that is little. @throws SandboxError */
  risk(): Promise<string | null>;
  /** Makes the demo base image where it is missing. @throws SandboxError `no-base-image`, `no-engine` */
  prepare(): Promise<Image>;
  /**
   * Describes an image that the engine has, whoever made it.
   * @param name a name in full, by the grammar of image names, or an id
   * @returns null where it has none of that name
   * @throws SandboxError
   */
  storedImage(name: string): Promise<StoredImage | null>;
  /** Reads the archive of an image by its id, piece by piece; it writes nothing. @throws SandboxError */
  storedArchive(id: string): AsyncIterable<Uint8Array>;
  /** The layers of the images that have names, the newest hundred. @throws SandboxError */
  namedLayers(): Promise<readonly NamedLayers[]>;
  /**
   * Opens a run; its `close` must be called however the run ends. Its time begins now, and it can be stopped from now on.
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
  /** Ends every request to the engine, for good: the process is about to end. */
  disconnect(): void;
  /**
   * Removes what earlier runs left.
   * @param signal ends the wait for it
   * @returns the number of objects removed
   * @throws SandboxError
   */
  reap(signal?: AbortSignal): Promise<number>;
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
  const owner = ownerOf(parts.dataFolder);
  const { baseImage, dataFolder, withoutLimits = 'refuse', warm = { runs: 0, timeLimitSeconds: 0 } } = parts;
  const gate = createGate({ engine, baseImage, dataFolder, withoutLimits, owner });
  const open = async (id: string, deadManSeconds: number, signal: AbortSignal): Promise<OpenRun> => {
    activeRuns.add(id);
    try {
      const common = { engine, runId: id, deadManSeconds, signal, closed: () => activeRuns.delete(id) };
      const ready = await untilAborted(signal, gate.pass());
      return openRun({ ...common, ...ready, owner: await owner() });
    } catch (error) {
      activeRuns.delete(id);
      throw error;
    }
  };
  return {
    address: engine.address,
    facts: gate.facts,
    refusal: (signal) => (signal === undefined ? gate.refusal() : untilAborted(signal, gate.refusal())),
    risk: async () => riskOf(engine, await describeEngine(engine)),
    storedImage: (name) => readStoredImage(engine, name),
    storedArchive: (id) => readStoredArchive(engine, id),
    namedLayers: createNamedLayers(engine),
    prepare: () => ensureBaseImage(engine, baseImage),
    disconnect: engine.disconnect,
    async reap(signal) {
      const reaping = owner().then((id) => reap(engine, { owner: id, activeRuns, now: Date.now() }));
      return signal === undefined ? reaping : untilAborted(signal, reaping);
    },
    ...createRuns(open, warm),
  };
}

/** Opens a run with the id on all that it makes, and the seconds after which its containers end by themselves. */
type Open = (id: string, deadManSeconds: number, signal: AbortSignal) => Promise<OpenRun>;

/** Makes what opens runs, those that stand prepared first. */
function createRuns(
  open: Open,
  warm: NonNullable<DemoEngineParts['warm']>,
): Pick<DemoEngine, 'openRun' | 'warm' | 'warmed' | 'close'> {
  let underWay = 0;
  const pool = createWarmPool({
    size: warm.runs,
    open: (signal) => open(randomUUID(), warmSeconds + warm.timeLimitSeconds + deadManGraceSeconds, signal),
    idle: () => underWay === 0,
    lifetime: warmSeconds * 1000,
  });
  const ended = () => {
    underWay--;
    if (underWay === 0) void pool.topUp();
  };
  return {
    warm: (opening) => pool.want(opening),
    warmed: () => pool.topUp(),
    close: () => pool.clear(),
    async openRun(options) {
      const clock = startClock(options);
      underWay++;
      try {
        // What stands prepared ends by itself, so it serves no run that may take longer than it was prepared for.
        const fits = options.demo !== null && options.timeLimitSeconds <= warm.timeLimitSeconds;
        const run =
          (fits ? pool.take(options.demo) : null) ??
          (await open(options.runId, options.timeLimitSeconds + deadManGraceSeconds, clock.signal));
        run.begin({ runId: options.runId, clock });
        return { ...run, close: () => run.close().finally(ended) };
      } catch (error) {
        clock.stop();
        ended();
        throw error;
      }
    },
  };
}

/** Reads the id of this Dockproof once, and again after a failure. */
function ownerOf(dataFolder: string): () => Promise<string> {
  let owner: Promise<string> | null = null;
  return () => {
    owner ??= readOwner(dataFolder).catch((error: unknown) => {
      owner = null;
      throw error;
    });
    return owner;
  };
}
