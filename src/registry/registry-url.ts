import type { AllowedRegistries } from './allowed-registries.ts';
import { isLoopback } from './guarded-request.ts';
import type { ImageReference } from './image-reference.ts';

/**
 * Tells where a registry answers. This machine's own are spoken to in clear text.
 * @param rest what of the repository is wanted, such as `manifests/latest`
 */
export function urlOf(allowed: AllowedRegistries, { registry, repository }: ImageReference, rest: string): URL {
  const host = registry === 'docker.io' ? 'registry-1.docker.io' : registry;
  const local = allowed.mayBePrivate(registry) && isLoopback(registry.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1'));
  const encoded = (part: string) => encodeURIComponent(part).replaceAll('%3A', ':');
  const path = [...repository.split('/'), ...rest.split('/')].map(encoded).join('/');
  return new URL(`${local ? 'http' : 'https'}://${host}/v2/${path}`);
}
