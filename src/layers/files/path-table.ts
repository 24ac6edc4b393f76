import { randomInt } from 'node:crypto';
import { at, longer } from './column.ts';
import type { FileLimits } from './file-limits.ts';

/** The node of the image's root directory. */
export const rootNode = 1;

/**
 * The paths of an image, each once, as nodes of a tree: about 25 bytes and its own name for each. Names are strings with
 * one character a byte, since what is no UTF-8 must stay apart; `pathOf` decodes them.
 */
export interface PathTable {
  /** Nodes are counted from 1, the root; this is the number of the last. */
  readonly last: () => number;
  /** @returns the node of a name in a directory, made if need be; 0 where the table is full */
  readonly child: (parent: number, name: string) => number;
  /** @returns the node of a name in a directory; 0 where there is none */
  readonly find: (parent: number, name: string) => number;
  readonly parentOf: (node: number) => number;
  /** The name alone, one character a byte. */
  readonly nameOf: (node: number) => string;
  /** The whole path, absolute, for people to read. */
  readonly pathOf: (node: number) => string;
  /** Keeps a text, one character a byte. @returns its offset; null where there is no room */
  readonly keepText: (text: string) => number | null;
  readonly textAt: (offset: number, length: number) => string;
}

/** What a table has room for at first. */
const firstPaths = 1024;
const firstNameBytes = 32 * 1024;

/** Makes an empty table with the root in it, which grows as it is filled. */
export function createPathTable(limits: Pick<FileLimits, 'paths' | 'nameBytes'>): PathTable {
  // Nodes by their hash, at most half full.
  let slots = new Uint32Array(firstPaths * 2);
  let parents = new Uint32Array(firstPaths);
  let hashes = new Uint32Array(firstPaths);
  let offsets = new Uint32Array(firstPaths);
  let lengths = new Uint16Array(firstPaths);
  let texts = Buffer.alloc(Math.min(firstNameBytes, limits.nameBytes));
  // Names are a stranger's: with numbers that they cannot know, they cannot make all names meet in one slot.
  const seed = randomInt(2 ** 32);
  const factor = randomInt(2 ** 31) * 2 + 1;
  let used = 0;
  let last = rootNode;

  function hashOf(parent: number, name: string): number {
    let hash = Math.imul(seed ^ parent, factor);
    for (let index = 0; index < name.length; index++) {
      hash = Math.imul(hash ^ (hash >>> 15) ^ name.charCodeAt(index), factor);
    }
    return (hash ^ (hash >>> 13)) >>> 0;
  }

  /** @returns where the name stands, or where it belongs */
  function slotOf(hash: number, parent: number, name: string): number {
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let node = at(slots, slot); node !== 0; node = at(slots, slot)) {
      if (at(hashes, node) === hash && at(parents, node) === parent && isName(node, name)) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  function isName(node: number, name: string): boolean {
    if (at(lengths, node) !== name.length) return false;
    const offset = at(offsets, node);
    for (let index = 0; index < name.length; index++) {
      if (texts[offset + index] !== name.charCodeAt(index)) return false;
    }
    return true;
  }

  function keepText(text: string): number | null {
    if (used + text.length > limits.nameBytes) return null;
    while (used + text.length > texts.length) {
      const more = Buffer.alloc(Math.min(limits.nameBytes, texts.length * 2));
      texts.copy(more);
      texts = more;
    }
    const offset = used;
    used += texts.write(text, offset, 'latin1');
    return offset;
  }

  function child(parent: number, name: string): number {
    const hash = hashOf(parent, name);
    const found = at(slots, slotOf(hash, parent, name));
    if (found !== 0) return found;
    const offset = last >= limits.paths ? null : keepText(name);
    if (offset === null) return 0;
    if (last + 1 === parents.length) grow();
    last++;
    parents[last] = parent;
    hashes[last] = hash;
    offsets[last] = offset;
    lengths[last] = name.length;
    slots[slotOf(hash, parent, name)] = last;
    return last;
  }

  function grow(): void {
    parents = longer(parents, limits.paths + 1);
    hashes = longer(hashes, limits.paths + 1);
    offsets = longer(offsets, limits.paths + 1);
    lengths = longer(lengths, limits.paths + 1);
    slots = new Uint32Array(slots.length * 2);
    const mask = slots.length - 1;
    for (let node = rootNode + 1; node <= last; node++) {
      let slot = at(hashes, node) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = node;
    }
  }

  const nameOf = (node: number) => texts.toString('latin1', at(offsets, node), at(offsets, node) + at(lengths, node));

  function pathOf(node: number): string {
    const names: string[] = [];
    for (let current = node; current > rootNode; current = at(parents, current)) names.push(nameOf(current));
    return Buffer.from(`/${names.reverse().join('/')}`, 'latin1').toString('utf8');
  }

  return {
    last: () => last,
    child,
    find: (parent, name) => at(slots, slotOf(hashOf(parent, name), parent, name)),
    parentOf: (node) => at(parents, node),
    nameOf,
    pathOf,
    keepText,
    textAt: (offset, length) => texts.toString('latin1', offset, offset + length),
  };
}
