import { randomUUID } from 'node:crypto';
import type { Engine } from './engine.ts';
import { runLabels } from './labels.ts';
import { makeContainer } from './make-container.ts';
import type { EngineFacts, Image } from './sandbox.ts';
import { toSandboxError } from './sandbox-error.ts';
import { keepSeccompProfile } from './seccomp-file.ts';

/** Which seccomp profile the containers of an engine get. */
export interface SeccompChoice {
  /** The path of this program's own profile, as the engine takes it; null for the engine's. */
  readonly profile: string | null;
  /** Why a profile that the policy asks for cannot be in force, and what mends that; null where nothing stands against it. */
  readonly lack: string | null;
}

/** What a choice is made with. */
export interface SeccompParts {
  readonly engine: Engine;
  /** The folder for this program's own profile. */
  readonly dataFolder: string;
  /** The id of this Dockproof. */
  readonly owner: () => Promise<string>;
}

/** Chooses for an engine; `baseImage` is what a profile is tried with. @throws SandboxError where the engine fails */
export type ChooseSeccomp = (facts: EngineFacts, baseImage: Image) => Promise<SeccompChoice>;

/** Seconds after which the reaper may remove the container that a profile is tried with. */
const trialSeconds = 60;

/**
 * Makes the choice between the engine's seccomp profile and this program's. Docker's own lets no process make a user
 * namespace. Podman's does, so Podman gets this program's. Podman reads it from a path on its host each time it creates a
 * container, so that is tried once, with a container that is not started.
 */
export function createSeccompChooser({ engine, dataFolder, owner }: SeccompParts): ChooseSeccomp {
  let accepted: string | null = null;

  async function tryProfile(profile: string, image: string): Promise<void> {
    const expires = Math.ceil(Date.now() / 1000) + trialSeconds;
    const container = await makeContainer(engine.docker, {
      Image: image,
      Labels: runLabels(await owner(), randomUUID(), expires),
      NetworkDisabled: true,
      HostConfig: { NetworkMode: 'none', SecurityOpt: [`seccomp=${profile}`] },
    });
    accepted = profile;
    await container.remove({ force: true });
  }

  /** @returns the engine's refusal; null where it can use the profile */
  async function refusalOf(profile: string, image: string): Promise<string | null> {
    try {
      if (accepted !== profile) await tryProfile(profile, image);
      return null;
    } catch (cause) {
      const error = toSandboxError(cause, engine.address, 'use a stricter one');
      if (error.code === 'engine-refused') return error.message;
      throw error;
    }
  }

  return async ({ product, enforces }, baseImage) => {
    if (!enforces.seccomp || product === 'Docker') return { profile: null, lack: null };
    if (!engine.address.startsWith('unix:')) {
      return { profile: null, lack: podmanLack('a stricter one must be a file on its host; use it on its own host') };
    }
    const kept = await keepSeccompProfile(dataFolder).catch(inWords);
    if (typeof kept !== 'string') {
      const why = `a stricter one cannot be written (${kept.message}); set DATA_DIR to a folder that can`;
      return { profile: null, lack: podmanLack(why) };
    }
    const refusal = await refusalOf(kept, baseImage.id);
    if (refusal === null) return { profile: kept, lack: null };
    return { profile: null, lack: podmanLack(`${refusal}; set DATA_DIR to a folder that its user can read`) };
  };
}

function inWords(error: unknown): { readonly message: string } {
  return { message: error instanceof Error ? error.message : String(error) };
}

function podmanLack(why: string): string {
  return `Podman's own seccomp profile lets processes make user namespaces, and ${why}.`;
}
