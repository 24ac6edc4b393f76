/** An image that may be the base of another. */
export interface BaseCandidate {
  readonly id: string;
  readonly names: readonly string[];
  /** Diff ids, the lowest first. */
  readonly layers: readonly string[];
}

/** A base that is proven: its layers are the lowest ones of the image. */
export interface FoundBase {
  /** How many layers it has. */
  readonly layers: number;
  readonly name: string;
}

/**
 * Finds the base of an image among others: the one with most layers of those whose layers are all the lowest ones of it.
 * What an image only says of its base proves nothing about its layers.
 * @param image the image's own id and diff ids
 * @param candidates the newest first; of two with the same layers the older one is the base
 */
export function findBase(
  image: { readonly id: string; readonly layers: readonly string[] },
  candidates: readonly BaseCandidate[],
): FoundBase | null {
  let found: FoundBase | null = null;
  for (const { id, names, layers } of candidates) {
    const [name] = names;
    if (name === undefined || id === image.id || layers.length === 0 || layers.length >= image.layers.length) continue;
    if (layers.length < (found?.layers ?? 0) || !layers.every((layer, index) => layer === image.layers[index]))
      continue;
    found = { layers: layers.length, name };
  }
  return found;
}

/** What an image says of its base (https://github.com/opencontainers/image-spec/blob/main/annotations.md); null for nothing. */
export function namedBase(labels: Readonly<Record<string, string>>): string | null {
  const name = labels['org.opencontainers.image.base.name'] ?? '';
  const digest = labels['org.opencontainers.image.base.digest'] ?? '';
  const known = /^sha(?:256|512):[0-9a-f]{64,128}$/.test(digest) ? `@${digest.slice(0, 19)}…` : '';
  const said = `${name.replace(/[^\w.:/@-]/g, '').slice(0, 200)}${known}`;
  return said === '' ? null : said;
}
