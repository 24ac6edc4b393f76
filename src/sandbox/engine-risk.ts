import type { Engine } from './engine.ts';
import type { EngineFacts } from './sandbox.ts';

/**
 * Says what whoever takes over this program could do through its engine; null where it is no more than to use up a
 * machine that is there for it, or what the engine's own user may.
 */
export function riskOf(
  engine: Pick<Engine, 'address' | 'encrypted'>,
  facts: Pick<EngineFacts, 'rootless'>,
): string | null {
  if (engine.address.startsWith('tcp:') && !engine.encrypted) {
    return 'This engine is reached over the network without TLS: whoever reaches its port controls it, and a rootful one is root on its host';
  }
  if (engine.address.startsWith('unix:') && !facts.rootless) {
    return 'This engine runs as root on this host: whoever takes over the bot is root on this host, by one container that mounts its disk. Demos are fixed and locked down, but a rootless or separate engine is safer';
  }
  return null;
}
