import { RegistryError } from './registry-error.ts';

/** The name of an image, taken apart and made whole. */
export interface ImageReference {
  /** Host, with its port where it has one: `docker.io`, `localhost:5000`, `[::1]:5000`. */
  readonly registry: string;
  /** For example `library/debian`. */
  readonly repository: string;
  /** Null only beside a digest. */
  readonly tag: string | null;
  /** `sha256:…` or `sha512:…`. */
  readonly digest: string | null;
  /** In full, for people: `docker.io/library/debian:12`. */
  readonly full: string;
}

/** The grammar's parts (https://github.com/distribution/reference/blob/main/reference.go). */
const label = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const domain = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]{1,5})?$`);
const component = /^[a-z0-9]+(?:(?:\.|_{1,2}|-+)[a-z0-9]+)*$/;
const tagged = /^\w[\w.-]{0,127}$/;
const digested = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;

/** Characters of the longest name that registries take, and of the longest text that is looked at. */
const longest = { name: 255, text: 1024 } as const;

/** The registry that a name without one means, and another name of it. */
const hub = 'docker.io';
const hubToo = 'index.docker.io';

/**
 * Reads the name of an image as the Docker client does: `debian` is `docker.io/library/debian:latest`.
 * @throws RegistryError `not-a-name`
 */
export function readReference(written: string): ImageReference {
  const text = written.trim();
  if (text.length > longest.text) throw notAName(text, 'it is too long');
  if (isImageId(text)) throw notAName(text, 'it is an id, which only an engine knows');
  const [named = '', digest = null, ...more] = text.split('@');
  if (more.length > 0) throw notAName(text, 'it has more than one @');
  if (digest !== null && !digested.test(digest))
    throw notAName(text, 'what stands behind the @ is no digest such as sha256:…');
  const { name, tag } = splitTag(named, text);
  const { registry, path } = splitRegistry(name);
  if (!domain.test(registry) || portOf(registry) > 65_535) throw notAName(text, `"${shorten(registry)}" is no host`);
  if (path === '') throw notAName(text, 'it is empty');
  if (path !== path.toLowerCase()) throw notAName(text, 'names of images are in lower case');
  if (!path.split('/').every((part) => component.test(part)))
    throw notAName(text, 'it has characters that no name has');
  const own = registry === hubToo ? hub : registry;
  const repository = own === hub && !path.includes('/') ? `library/${path}` : path;
  if (own.length + 1 + repository.length > longest.name) throw notAName(text, 'it is too long');
  const found = tag ?? (digest === null ? 'latest' : null);
  const full = `${own}/${repository}${found === null ? '' : `:${found}`}${digest === null ? '' : `@${digest}`}`;
  return { registry: own, repository, tag: found, digest, full };
}

/** Tells whether a text is the id of an image, or its begin, as engines print it. No registry is ever asked for one. */
export function isImageId(text: string): boolean {
  return /^(?:sha256:[0-9a-f]{6,64}|[0-9a-f]{12,64})$/.test(text);
}

function splitTag(named: string, text: string): { readonly name: string; readonly tag: string | null } {
  const colon = named.lastIndexOf(':');
  if (colon === -1 || named.indexOf('/', colon) !== -1) return { name: named, tag: null };
  const tag = named.slice(colon + 1);
  if (!tagged.test(tag)) throw notAName(text, `"${shorten(tag)}" is no tag`);
  return { name: named.slice(0, colon), tag };
}

/** A first part is a host where it has a dot or a port, or is `localhost`. */
function splitRegistry(name: string): { readonly registry: string; readonly path: string } {
  const slash = name.indexOf('/');
  const first = slash === -1 ? '' : name.slice(0, slash);
  const isHost = /[.:]/.test(first) || first === 'localhost';
  return isHost ? { registry: first.toLowerCase(), path: name.slice(slash + 1) } : { registry: hub, path: name };
}

function portOf(registry: string): number {
  return Number(/:(\d+)$/.exec(registry)?.[1] ?? 0);
}

function notAName(text: string, why: string): RegistryError {
  const message = `"${shorten(text)}" is no name of an image: ${why}. Write for example debian:12 or ghcr.io/owner/image:tag`;
  return new RegistryError('not-a-name', message);
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
