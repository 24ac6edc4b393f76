import { ensureBaseImage } from './base-image.ts';
import { describeEngine, type Engine } from './engine.ts';
import type { EngineFacts, Image } from './sandbox.ts';
import { requireLimits, type WithoutLimits } from './unenforced-limits.ts';

/** What demos need to know of an engine before a run can be opened on it. */
export interface ReadyEngine {
  readonly facts: EngineFacts;
  readonly baseImage: Image;
}

/** How an engine is made ready. */
export interface ReadyOptions {
  /** The image by digest to take busybox from; null for the usual places. */
  readonly baseImage: string | null;
  readonly withoutLimits: WithoutLimits;
}

/**
 * The gate before every run: an engine that does not enforce the policy makes nothing for a demo, unless that was
 * accepted.
 * @throws SandboxError `limits-not-enforced`, `no-engine`, `engine-denied`, `no-base-image`
 */
export async function readyEngine(engine: Engine, options: ReadyOptions): Promise<ReadyEngine> {
  const facts = await describeEngine(engine);
  requireLimits(facts, options.withoutLimits);
  return { facts, baseImage: await ensureBaseImage(engine, options.baseImage) };
}
