import type { Descriptor, Index } from './manifest.ts';
import { RegistryError } from './registry-error.ts';

/** An image of a list. */
export interface Candidate {
  readonly descriptor: Descriptor;
  /** For example `linux/arm64/v8`; null where the list does not say. */
  readonly platform: string | null;
}

/** The images of a list, without what only speaks of them. */
export interface Listed {
  readonly images: readonly Candidate[];
  /** Attestations, by the digest of the image that each is for; null where one does not say. */
  readonly attested: readonly (string | null)[];
}

const attestationType = 'vnd.docker.reference.type';
const attestedDigest = 'vnd.docker.reference.digest';

/** Sets attestations aside: they stand in a list as if they were images of a platform "unknown". */
export function listImages({ manifests }: Index): Listed {
  const speaksOf = ({ annotations, platform }: Descriptor) =>
    annotations?.[attestationType] !== undefined || (platform?.os === 'unknown' && platform.architecture === 'unknown');
  return {
    images: manifests
      .filter((descriptor) => !speaksOf(descriptor))
      .map((descriptor) => ({ descriptor, platform: descriptor.platform ? writePlatform(descriptor.platform) : null })),
    attested: manifests.filter(speaksOf).map(({ annotations }) => annotations?.[attestedDigest] ?? null),
  };
}

/** Writes a platform as `docker --platform` takes it. */
export function writePlatform(told: {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string | undefined;
}): string {
  return [told.os, told.architecture, ...(told.variant ? [told.variant] : [])].join('/');
}

/** What machines call themselves, and what platforms call them. */
const sameNames: Readonly<Record<string, string>> = {
  x64: 'amd64',
  x86_64: 'amd64',
  aarch64: 'arm64',
  armhf: 'arm',
  i386: '386',
  ia32: '386',
};

/**
 * Reads a platform that a person wrote: `arm64`, `linux/arm64` or `linux/arm/v7`.
 * @throws RegistryError `no-such-platform` for anything else
 */
export function readPlatform(written: string): string {
  const parts = written.trim().toLowerCase().split('/');
  if (parts.length > 3 || !parts.every((part) => /^[a-z0-9][a-z0-9_.-]{0,30}$/.test(part)))
    throw new RegistryError('no-such-platform', 'A platform is written as linux/amd64 or linux/arm/v7');
  const [os = '', architecture = '', variant] = parts.length === 1 ? ['linux', ...parts] : parts;
  return writePlatform({ os, architecture: sameNames[architecture] ?? architecture, variant });
}

/** The platform of a machine's Linux containers. @param architecture as Node names it */
export function platformOf(architecture: string): string {
  return `linux/${sameNames[architecture] ?? architecture}`;
}

/**
 * Tells whether a platform is the one wanted. One without a variant takes any, and 64-bit ARM has only one.
 */
export function isPlatform(platform: string, wanted: string): boolean {
  const plain = (text: string) => text.replace(/^([^/]+\/arm64)\/v8$/, '$1');
  return plain(platform) === plain(wanted) || plain(platform).startsWith(`${plain(wanted)}/`);
}

/**
 * Chooses an image of a list.
 * @param wanted the platform that was asked for; null for this machine's, or any
 * @param own this machine's
 * @throws RegistryError `no-such-platform`, naming those there are; `not-an-image` for a list without images
 */
export function choosePlatform(
  images: readonly Candidate[],
  wanted: string | null,
  own: string,
  name: string,
): Candidate {
  const find = (platform: string) =>
    images
      .filter((image) => image.platform !== null && isPlatform(image.platform, platform))
      .sort((a, b) => (b.platform ?? '').localeCompare(a.platform ?? ''))[0];
  const [first] = images;
  if (first === undefined) throw new RegistryError('not-an-image', `${name} lists no image`);
  if (wanted === null) return find(own) ?? find('linux/amd64') ?? first;
  const found = find(wanted);
  if (found) return found;
  const there = images.map(({ platform }) => platform ?? 'one that it does not name').slice(0, 20);
  throw new RegistryError('no-such-platform', `${name} is not there for ${wanted}. It is for ${there.join(', ')}`);
}
