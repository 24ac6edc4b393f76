import type { IncomingMessage } from 'node:http';
import { allowRegistries } from './allowed-registries.ts';
import { credentialsFrom } from './credentials.ts';
import { checkDigest } from './digest.ts';
import { createFetchManifest, type FetchParts } from './fetch-manifest.ts';
import { findManifest } from './find-manifest.ts';
import { createFollow } from './follow.ts';
import { createSend, type LookUp } from './guarded-request.ts';
import { type ImageReference, readReference } from './image-reference.ts';
import { keepContents, longestContent } from './keep-contents.ts';
import { type ImageConfig, type ImageManifest, readConfig } from './manifest.ts';
import { isPlatform, readPlatform, writePlatform } from './platform.ts';
import type { Rate } from './rate.ts';
import { readBody } from './read-body.ts';
import { RegistryError } from './registry-error.ts';
import { urlOf } from './registry-url.ts';
import { createTokens } from './tokens.ts';

/** Milliseconds that one image may take. */
const longest = 30_000;

/** An image as a registry describes it. */
export interface RegistryImage {
  readonly reference: ImageReference;
  /** Of the manifest of this one platform. */
  readonly digest: string;
  /** For example `linux/arm64/v8`; null where it does not say. */
  readonly platform: string | null;
  readonly manifest: ImageManifest;
  readonly config: ImageConfig;
  /** All that the list names, this one too; empty where the tag names one image. */
  readonly platforms: readonly string[];
  /** How many attestations stand in the list, and how many of them are for this image. */
  readonly attestations: { readonly all: number; readonly own: number };
  /** What the registry says remains; null where it does not say. */
  readonly rate: Rate | null;
}

/** Registries, as the rest of the program uses them. */
export interface Registry {
  /**
   * Tells what is in an image, without any of its layers.
   * @param platform as a person wrote it; null for this machine's, or any
   * @throws RegistryError
   */
  image(name: string, platform: string | null, signal: AbortSignal): Promise<RegistryImage>;
  /**
   * Opens a layer as the registry stores it. Whoever reads it bounds it, and checks its digest.
   * @throws RegistryError
   */
  layer(reference: ImageReference, digest: string, signal: AbortSignal): Promise<IncomingMessage>;
}

/** What registries are asked with. */
export interface RegistryParts {
  /** Those that may be asked, see `allowRegistries`. */
  readonly registries: readonly string[];
  /** Where Docker's credentials are. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Names to addresses; the system's where left out. */
  readonly lookup?: LookUp;
}

/** Makes what asks registries. Makes no request yet. */
export function createRegistry({ registries, environment, lookup }: RegistryParts): Registry {
  const allowed = allowRegistries(registries);
  const send = createSend(allowed.mayBePrivate, lookup);
  const tokens = createTokens({ send, credentials: credentialsFrom(environment), now: Date.now });
  const parts = { allowed, follow: createFollow(send, tokens), contents: keepContents() };
  const fetchManifest = createFetchManifest(parts);

  return {
    async image(name, platform, stop) {
      const reference = readReference(name);
      const wanted = platform === null ? null : readPlatform(platform);
      allowed.check(reference);
      const signal = AbortSignal.any([stop, AbortSignal.timeout(longest)]);
      const found = await findManifest(fetchManifest, reference, wanted, signal);
      const { manifest, digest, listedPlatform, platforms, attested, rate } = found;
      const config = readConfig(await fetchConfig(parts, reference, manifest.config.digest, signal), reference.full);
      const own = config.os === '' ? listedPlatform : writePlatform(config);
      if (wanted !== null && platforms.length === 0 && own !== null && !isPlatform(own, wanted))
        throw new RegistryError('no-such-platform', `${reference.full} is not there for ${wanted}. It is for ${own}`);
      const attestations = { all: attested.length, own: attested.filter((of) => of === digest).length };
      return { reference, digest, platform: listedPlatform ?? own, manifest, config, platforms, attestations, rate };
    },
    async layer(reference, digest, signal) {
      allowed.check(reference);
      return openBlob(parts, reference, digest, signal);
    },
  };
}

/** The configuration of an image, which is not sent again once it is kept. */
async function fetchConfig(
  parts: FetchParts,
  reference: ImageReference,
  digest: string,
  signal: AbortSignal,
): Promise<Buffer> {
  const kept = parts.contents.find(digest);
  if (kept !== undefined) return kept.body;
  const body = await readBody(await openBlob(parts, reference, digest, signal), longestContent, reference.full);
  checkDigest(body, digest, reference.full);
  parts.contents.keep(digest, { body, type: '' });
  return body;
}

function openBlob(
  { allowed, follow }: FetchParts,
  reference: ImageReference,
  digest: string,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const { repository, full: name } = reference;
  const url = urlOf(allowed, reference, `blobs/${digest}`);
  return follow({ url, method: 'GET', accept: [], repository, name, signal });
}
