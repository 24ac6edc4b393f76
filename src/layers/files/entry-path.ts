/** Where an entry of a layer belongs. Names have one character a byte. */
export interface EntryPath {
  /** The names of the directories above it. */
  readonly folders: readonly string[];
  /** Its own name; empty for the root. */
  readonly base: string;
}

/** The longest path and name that Linux takes; engines fail on longer ones. */
const maxPathBytes = 4096;
const maxNameBytes = 255;

/**
 * Reads the name of an entry, or of what a hard link names, as engines do: from the root, without `.` and empty names.
 * @returns null where no engine would make it: it leaves the image by `..`, is too long, or has a NUL
 */
export function readEntryPath(name: string): EntryPath | null {
  if (name.length > maxPathBytes || name.includes('\0')) return null;
  const names: string[] = [];
  for (const part of name.split('/')) {
    if (part === '' || part === '.') continue;
    if (part.length > maxNameBytes) return null;
    if (part !== '..') names.push(part);
    else if (names.pop() === undefined) return null;
  }
  const base = names.pop() ?? '';
  return { folders: names, base };
}

/** What the name of an entry says that it is. */
export type Marker =
  | { readonly type: 'none' }
  | { readonly type: 'opaque' }
  | { readonly type: 'whiteout'; readonly hides: string }
  /** Left behind by aufs; means nothing. */
  | { readonly type: 'ignored' }
  | { readonly type: 'invalid' };

const prefix = '.wh.';
const aufsNames = new Set(['.wh..wh.plnk', '.wh..wh.aufs', '.wh..wh.orph']);

/**
 * Tells markers from files by their names
 * (https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts).
 */
export function readMarker({ folders, base }: EntryPath): Marker {
  const marked = folders.find((name) => name.startsWith(prefix));
  if (aufsNames.has(base) || (marked !== undefined && aufsNames.has(marked))) return { type: 'ignored' };
  if (marked !== undefined) return { type: 'invalid' };
  if (!base.startsWith(prefix)) return { type: 'none' };
  if (base === '.wh..wh..opq') return { type: 'opaque' };
  const hides = base.slice(prefix.length);
  return hides === '' || hides === '.' || hides === '..' ? { type: 'invalid' } : { type: 'whiteout', hides };
}
