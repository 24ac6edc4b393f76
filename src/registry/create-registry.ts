import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type AllowedRegistries, allowRegistries } from './allowed-registries.ts';
import { credentialsFrom } from './credentials.ts';
import { createFollow } from './follow.ts';
import { createSend, isLoopback, type LookUp } from './guarded-request.ts';
import { type ImageReference, readReference } from './image-reference.ts';
import {
  type ImageConfig,
  type ImageManifest,
  manifestTypes,
  readConfig,
  readManifest,
  unreadable,
} from './manifest.ts';
import { choosePlatform, isPlatform, listImages, platformOf, readPlatform, writePlatform } from './platform.ts';
import { type Rate, readRate } from './rate.ts';
import { readBody } from './read-body.ts';
import { RegistryError } from './registry-error.ts';
import { createTokens } from './tokens.ts';

/** The most that is read of a manifest or a configuration, and kept of all of them together, in bytes. */
const most = { body: 4 * 1024 * 1024, kept: 32 * 1024 * 1024, tags: 1000 } as const;

/** How deep lists may stand in lists. */
const deepest = 2;

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
  const follow = createFollow(send, tokens);
  const contents = keepContents();
  const tags = new Map<string, string>();

  /** What a tag or digest names. What is known by its digest is not sent again. */
  async function manifestOf(reference: ImageReference, wanted: string, signal: AbortSignal): Promise<Fetched> {
    const { repository, full: name } = reference;
    const url = urlOf(allowed, reference, `manifests/${wanted}`);
    const asking = { url, accept: manifestTypes, repository, name, signal };
    const byDigest = wanted.includes(':');
    const known = byDigest ? wanted : tags.get(url.href);
    const kept = known === undefined ? undefined : contents.find(known);
    if (known !== undefined && kept !== undefined) {
      if (byDigest) return { ...kept, digest: known, rate: null };
      const head = await follow({ ...asking, method: 'HEAD' }).catch(() => null);
      head?.resume();
      if (head?.headers['docker-content-digest'] === known)
        return { ...kept, digest: known, rate: readRate(head.headers) };
    }
    const answer = await follow({ ...asking, method: 'GET' });
    const body = await readBody(answer, most.body, name);
    const told = answer.headers['docker-content-digest'];
    const digest = byDigest ? wanted : typeof told === 'string' ? told : digestOf(body, 'sha256');
    checkDigest(body, digest, name);
    const type = answer.headers['content-type'] ?? '';
    contents.keep(digest, { body, type });
    if (tags.size >= most.tags) tags.clear();
    if (!byDigest) tags.set(url.href, digest);
    return { body, type, digest, rate: readRate(answer.headers) };
  }

  async function configOf(reference: ImageReference, digest: string, signal: AbortSignal): Promise<Buffer> {
    const kept = contents.find(digest);
    if (kept !== undefined) return kept.body;
    const { repository, full: name } = reference;
    const url = urlOf(allowed, reference, `blobs/${digest}`);
    const answer = await follow({ url, method: 'GET', accept: [], repository, name, signal });
    const body = await readBody(answer, most.body, name);
    checkDigest(body, digest, name);
    contents.keep(digest, { body, type: '' });
    return body;
  }

  return {
    async image(name, platform, stop) {
      const reference = readReference(name);
      const wanted = platform === null ? null : readPlatform(platform);
      allowed.check(reference);
      const signal = AbortSignal.any([stop, AbortSignal.timeout(longest)]);
      const platforms: string[] = [];
      const attested: (string | null)[] = [];
      let chosen: string | null = null;
      let fetched = await manifestOf(reference, reference.digest ?? reference.tag ?? 'latest', signal);
      const { rate } = fetched;
      for (let depth = 0; ; depth++) {
        const manifest = readManifest(fetched.body, fetched.type, reference.full);
        if (manifest.kind === 'image') {
          const { image } = manifest;
          const config = readConfig(await configOf(reference, image.config.digest, signal), reference.full);
          const own = config.os === '' ? chosen : writePlatform(config);
          if (wanted !== null && platforms.length === 0 && own !== null && !isPlatform(own, wanted))
            throw new RegistryError(
              'no-such-platform',
              `${reference.full} is not there for ${wanted}. It is for ${own}`,
            );
          const { digest } = fetched;
          const attestations = { all: attested.length, own: attested.filter((of) => of === digest).length };
          return { reference, digest, platform: chosen ?? own, manifest: image, config, platforms, attestations, rate };
        }
        if (depth >= deepest) throw unreadable(reference.full, 'lists of images stand in one another without end');
        const listed = listImages(manifest.index);
        attested.push(...listed.attested);
        const candidate = choosePlatform(listed.images, wanted, platformOf(process.arch), reference.full);
        platforms.push(...listed.images.flatMap((image) => image.platform ?? []));
        chosen = candidate.platform ?? chosen;
        fetched = await manifestOf(reference, candidate.descriptor.digest, signal);
      }
    },
    async layer(reference, digest, signal) {
      allowed.check(reference);
      const { repository, full: name } = reference;
      return follow({
        url: urlOf(allowed, reference, `blobs/${digest}`),
        method: 'GET',
        accept: [],
        repository,
        name,
        signal,
      });
    },
  };
}

/** A manifest as it came, or as it was kept. */
interface Fetched extends Content {
  readonly digest: string;
  readonly rate: Rate | null;
}

interface Content {
  readonly body: Buffer;
  readonly type: string;
}

/** Where a registry answers. This machine's own are spoken to in clear text. */
function urlOf(allowed: AllowedRegistries, { registry, repository }: ImageReference, rest: string): URL {
  const host = registry === 'docker.io' ? 'registry-1.docker.io' : registry;
  const local = allowed.mayBePrivate(registry) && isLoopback(registry.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1'));
  const encoded = (part: string) => encodeURIComponent(part).replaceAll('%3A', ':');
  const path = [...repository.split('/'), ...rest.split('/')].map(encoded).join('/');
  return new URL(`${local ? 'http' : 'https'}://${host}/v2/${path}`);
}

function digestOf(body: Buffer, algorithm: string): string {
  return `${algorithm}:${createHash(algorithm).update(body).digest('hex')}`;
}

/** What came must be what was named. */
function checkDigest(body: Buffer, digest: string, name: string): void {
  const algorithm = /^(sha256|sha512):/.exec(digest)?.[1];
  const own = algorithm === undefined ? '' : digestOf(body, algorithm);
  if (own.length !== digest.length || !timingSafeEqual(Buffer.from(own), Buffer.from(digest)))
    throw unreadable(name, 'what the registry sent is not what its digest says');
}

/** Keeps what was read by its digest, the latest of it. */
function keepContents() {
  const kept = new Map<string, Content>();
  let bytes = 0;
  const drop = (digest: string) => {
    bytes -= kept.get(digest)?.body.length ?? 0;
    kept.delete(digest);
  };
  return {
    find(digest: string): Content | undefined {
      return kept.get(digest);
    },
    keep(digest: string, content: Content): void {
      drop(digest);
      kept.set(digest, content);
      bytes += content.body.length;
      for (const oldest of kept.keys()) {
        if (bytes <= most.kept) break;
        drop(oldest);
      }
    },
  };
}
