import type { AllowedRegistries } from './allowed-registries.ts';
import { checkDigest, digestOf } from './digest.ts';
import type { Asking, Follow } from './follow.ts';
import type { ImageReference } from './image-reference.ts';
import { type Content, type Contents, longestContent } from './keep-contents.ts';
import { manifestTypes } from './manifest.ts';
import { type Rate, readRate } from './rate.ts';
import { readBody } from './read-body.ts';
import { urlOf } from './registry-url.ts';

/** Tags of which is remembered what they name. */
const mostTags = 1000;

/** What content is fetched with. */
export interface FetchParts {
  readonly allowed: AllowedRegistries;
  readonly follow: Follow;
  readonly contents: Contents;
}

/** A manifest as it came, or as it was kept. */
export interface Fetched extends Content {
  readonly digest: string;
  readonly rate: Rate | null;
}

/**
 * Fetches what a tag or digest names.
 * @param wanted the tag or the digest
 * @throws RegistryError
 */
export type FetchManifest = (reference: ImageReference, wanted: string, signal: AbortSignal) => Promise<Fetched>;

/** Makes what fetches manifests. What is known by its digest is not sent again. */
export function createFetchManifest({ allowed, follow, contents }: FetchParts): FetchManifest {
  const tags = new Map<string, string>();

  /** What is kept, where it is still what is wanted: a digest names it for ever, and a tag may have moved. */
  async function findKept(asking: Omit<Asking, 'method'>, wanted: string): Promise<Fetched | null> {
    const byDigest = isDigest(wanted);
    const digest = byDigest ? wanted : tags.get(asking.url.href);
    const kept = digest === undefined ? undefined : contents.find(digest);
    if (digest === undefined || kept === undefined) return null;
    if (byDigest) return { ...kept, digest, rate: null };
    const head = await follow({ ...asking, method: 'HEAD' }).catch(() => null);
    head?.resume();
    return head?.headers['docker-content-digest'] === digest ? { ...kept, digest, rate: readRate(head.headers) } : null;
  }

  async function fetchAnew(asking: Omit<Asking, 'method'>, wanted: string): Promise<Fetched> {
    const { url, name } = asking;
    const byDigest = isDigest(wanted);
    const answer = await follow({ ...asking, method: 'GET' });
    const body = await readBody(answer, longestContent, name);
    const told = answer.headers['docker-content-digest'];
    const digest = byDigest ? wanted : typeof told === 'string' ? told : digestOf(body, 'sha256');
    checkDigest(body, digest, name);
    const type = answer.headers['content-type'] ?? '';
    contents.keep(digest, { body, type });
    if (tags.size >= mostTags) tags.clear();
    if (!byDigest) tags.set(url.href, digest);
    return { body, type, digest, rate: readRate(answer.headers) };
  }

  return async (reference, wanted, signal) => {
    const { repository, full: name } = reference;
    const url = urlOf(allowed, reference, `manifests/${wanted}`);
    const asking = { url, accept: manifestTypes, repository, name, signal };
    return (await findKept(asking, wanted)) ?? fetchAnew(asking, wanted);
  };
}

function isDigest(wanted: string): boolean {
  return wanted.includes(':');
}
