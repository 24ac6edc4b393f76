import type { TarItem } from './tar-bytes.ts';

/** A number below `bound`, the same for the same seed. */
export type Dice = (bound: number) => number;

/** Makes dice from a seed. */
export function dice(seed: number): Dice {
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  return (bound) => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 3_266_489_917) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) % bound;
  };
}

/** What is at a path of the image while it is made. */
type Tree = Map<string, 'file' | 'directory' | 'symlink'>;

/**
 * Makes the layers of an image as builders do: files added, replaced, written again, removed, directories removed, made
 * again and emptied, files in the place of directories and the other way, symbolic and hard links. Every engine takes them.
 */
export function generatedLayers(seed: number): TarItem[][] {
  const roll = dice(seed);
  const tree: Tree = new Map();
  return Array.from({ length: 2 + roll(7) }, () => generatedLayer(roll, tree));
}

const folders = ['app', 'app/lib', 'app/lib/deep', 'var', 'var/cache', 'etc'];

function generatedLayer(roll: Dice, tree: Tree): TarItem[] {
  const markers: TarItem[] = [];
  const entries: TarItem[] = [];
  const made = new Map<string, 'file' | 'directory' | 'symlink'>();
  const hidden = new Set<string>();

  const removeBelow = (path: string) => {
    for (const other of [...tree.keys()]) if (other.startsWith(`${path}/`)) tree.delete(other);
  };

  for (let step = roll(4); step > 0 && tree.size > 0; step--) {
    const path = [...tree.keys()][roll(tree.size)] ?? '';
    if (tree.get(path) === 'directory' && roll(2) === 0) {
      if (markers.some((marker) => marker.path === `${path}/.wh..wh..opq`)) continue;
      markers.push({ path: `${path}/.wh..wh..opq` });
      removeBelow(path);
      makeFolders(`${path}/x`);
    } else if (!markers.some((marker) => marker.path.startsWith(`${path}/`))) {
      markers.push({ path: path.replace(/([^/]+)$/, '.wh.$1') });
      tree.delete(path);
      removeBelow(path);
      hidden.add(path);
    }
  }

  function makeFolders(path: string): void {
    const parts = path.split('/').slice(0, -1);
    for (let length = 1; length <= parts.length; length++) {
      const folder = parts.slice(0, length).join('/');
      if (made.get(folder) === 'directory') continue;
      made.set(folder, 'directory');
      tree.set(folder, 'directory');
      entries.push({ path: `${folder}/`, flag: '5', mode: 0o755 });
    }
  }

  function clear(path: string): boolean {
    const parts = path.split('/');
    const above = parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('/'));
    if (above.some((folder) => made.has(folder) && made.get(folder) !== 'directory')) return false;
    if (made.has(path) || [...made.keys()].some((other) => other.startsWith(`${path}/`))) return false;
    for (const folder of above) if (tree.get(folder) !== 'directory') tree.delete(folder);
    makeFolders(path);
    removeBelow(path);
    return true;
  }

  for (let step = 1 + roll(12); step > 0; step--) {
    const folder = folders[roll(folders.length)] ?? 'app';
    const path = roll(15) === 0 ? folder : `${folder}/file-${roll(8)}`;
    const kind = roll(10);
    const links = [...made].filter(([, type]) => type === 'file').map(([name]) => name);
    if (kind === 0 && links.length > 0) {
      const target = links[roll(links.length)] ?? '';
      if (path === target || path.startsWith(`${target}/`) || target.startsWith(`${path}/`) || !clear(path)) continue;
      entries.push({ path, flag: '1', target });
      made.set(path, 'file');
      tree.set(path, 'file');
    } else if (kind === 1) {
      if (!clear(path)) continue;
      entries.push({ path, flag: '2', target: `../somewhere/${roll(100)}`, mode: 0o777 });
      made.set(path, 'symlink');
      tree.set(path, 'symlink');
    } else {
      if (!clear(path)) continue;
      const content = Buffer.alloc([0, 1, 511, 512, 513, 3000, 70_000][roll(7)] ?? 0, `content ${roll(3)} `);
      entries.push({ path, content });
      made.set(path, 'file');
      tree.set(path, 'file');
    }
  }
  // Markers may stand anywhere, but engines refuse one after an entry for what it hides.
  if (roll(3) === 0 && ![...hidden].some((path) => made.has(path))) return [...entries, ...markers];
  return [...markers, ...entries];
}
