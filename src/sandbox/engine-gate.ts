import { type BaseImage, ensureBaseImage } from './base-image.ts';
import { describeEngine } from './engine.ts';
import type { EngineFacts } from './sandbox.ts';
import { SandboxError } from './sandbox-error.ts';
import { createSeccompChooser, type SeccompParts } from './seccomp-choice.ts';
import { requireLimits, type WithoutLimits } from './unenforced-limits.ts';

/** What a run needs to know of an engine. */
export interface ReadyEngine {
  readonly facts: EngineFacts;
  readonly baseImage: BaseImage;
  /** The path of this program's own seccomp profile, as the engine takes it; null for the engine's. */
  readonly seccompProfile: string | null;
}

/** What a gate is made of. */
export interface GateParts extends SeccompParts {
  /** The image by digest to take busybox from; null for the usual places. */
  readonly baseImage: string | null;
  readonly withoutLimits: WithoutLimits;
}

/** Stands before every run: an engine that does not enforce the policy gets no demo, unless that was accepted. */
export interface EngineGate {
  /** @throws SandboxError `limits-not-enforced`, `no-engine`, `engine-denied`, `no-base-image` */
  pass(): Promise<ReadyEngine>;
  /** What the engine is, and what of the policy it enforces. @throws SandboxError `no-engine`, `engine-denied` */
  facts(): Promise<EngineFacts>;
  /** Why the gate is closed; null where it is open, or where the engine fails in another way, which a run tells. */
  refusal(): Promise<string | null>;
}

/** Makes the gate of an engine. Makes no request yet. */
export function createGate(parts: GateParts): EngineGate {
  const { engine } = parts;
  const chooseSeccomp = createSeccompChooser(parts);

  async function pass(withoutLimits: WithoutLimits): Promise<ReadyEngine> {
    const described = await describeEngine(engine);
    requireLimits(described, null, withoutLimits);
    const baseImage = await ensureBaseImage(engine, parts.baseImage);
    const { profile, lack } = await chooseSeccomp(described, baseImage);
    const { enforces } = described;
    const facts = { ...described, enforces: { ...enforces, seccomp: enforces.seccomp && lack === null } };
    requireLimits(facts, lack, withoutLimits);
    return { facts, baseImage, seccompProfile: profile };
  }

  return {
    pass: () => pass(parts.withoutLimits),
    async facts() {
      const described = await describeEngine(engine);
      // What a Podman enforces shows only when it is tried; where that fails, a run says why.
      if (described.product === 'Docker') return described;
      return pass('allow').then(({ facts }) => facts, otherwise(described));
    },
    refusal: () =>
      pass(parts.withoutLimits).then(
        () => null,
        (error: unknown) => (isRefusal(error) ? error.message : otherwise(null)(error)),
      ),
  };
}

function isRefusal(error: unknown): error is SandboxError {
  return error instanceof SandboxError && error.code === 'limits-not-enforced';
}

/** Takes a value instead of a failure of the engine. */
function otherwise<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if (error instanceof SandboxError) return value;
    throw error;
  };
}
