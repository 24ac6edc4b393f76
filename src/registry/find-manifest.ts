import type { FetchManifest } from './fetch-manifest.ts';
import type { ImageReference } from './image-reference.ts';
import { type ImageManifest, readManifest, unreadable } from './manifest.ts';
import { choosePlatform, listImages, platformOf } from './platform.ts';
import type { Rate } from './rate.ts';

/** How deep lists may stand in lists. */
const deepest = 2;

/** The manifest of one image, and what the lists on the way to it say. */
export interface FoundManifest {
  readonly manifest: ImageManifest;
  readonly digest: string;
  /** The platform that a list gives it; null where none does. */
  readonly listedPlatform: string | null;
  /** All that the lists name. */
  readonly platforms: readonly string[];
  /** Attestations, by the digest of the image that each is for; null where one does not say. */
  readonly attested: readonly (string | null)[];
  /** What the registry says remains after the first request; null where it does not say. */
  readonly rate: Rate | null;
}

/**
 * Finds the manifest of an image, through the lists that its name may lead to.
 * @param wanted the platform that was asked for; null for this machine's, or any
 * @throws RegistryError
 */
export async function findManifest(
  fetchManifest: FetchManifest,
  reference: ImageReference,
  wanted: string | null,
  signal: AbortSignal,
): Promise<FoundManifest> {
  const platforms: string[] = [];
  const attested: (string | null)[] = [];
  let listedPlatform: string | null = null;
  let fetched = await fetchManifest(reference, reference.digest ?? reference.tag ?? 'latest', signal);
  const { rate } = fetched;
  for (let depth = 0; ; depth++) {
    const read = readManifest(fetched.body, fetched.type, reference.full);
    if (read.kind === 'image')
      return { manifest: read.image, digest: fetched.digest, listedPlatform, platforms, attested, rate };
    if (depth >= deepest) throw unreadable(reference.full, 'lists of images stand in one another without end');
    const listed = listImages(read.index);
    attested.push(...listed.attested);
    const candidate = choosePlatform(listed.images, wanted, platformOf(process.arch), reference.full);
    platforms.push(...listed.images.flatMap((image) => image.platform ?? []));
    listedPlatform = candidate.platform ?? listedPlatform;
    fetched = await fetchManifest(reference, candidate.descriptor.digest, signal);
  }
}
