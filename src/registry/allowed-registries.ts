import type { ImageReference } from './image-reference.ts';
import { RegistryError } from './registry-error.ts';

const privatePrefix = 'private:';

/** Which registries may be asked. */
export interface AllowedRegistries {
  /** @throws RegistryError `registry-not-allowed` */
  check(reference: ImageReference): void;
  /** Whether a host, with its port where it has one, may be at a private address or at this machine. */
  mayBePrivate(host: string): boolean;
}

/**
 * Reads the list of registries that may be asked.
 * @param listed hosts, with a port where they have one; `private:` before one says that it may be at a private address
 */
export function allowRegistries(listed: readonly string[]): AllowedRegistries {
  const hosts = listed.map((item) => item.toLowerCase());
  const inside = new Set(
    hosts.filter((host) => host.startsWith(privatePrefix)).map((host) => host.slice(privatePrefix.length)),
  );
  const all = new Set(hosts.map((host) => (host.startsWith(privatePrefix) ? host.slice(privatePrefix.length) : host)));
  return {
    check({ registry }) {
      if (all.has(registry)) return;
      const names = [...all].join(', ') || 'none';
      const message = `I do not ask the registry ${registry}. Those that I ask are: ${names}. Whoever operates me can add it to LAYER_REGISTRIES`;
      throw new RegistryError('registry-not-allowed', message);
    },
    mayBePrivate: (host) => inside.has(host.toLowerCase()),
  };
}
