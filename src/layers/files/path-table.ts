import { randomInt } from 'node:crypto';
import { at } from './column.ts';
import type { FileLimits } from './file-limits.ts';

/** The node of the image's root directory. */
export const rootNode = 1;

/**
 * The paths of an image, each once, as nodes of a tree: about 30 bytes and its own name for each. Names are strings with
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

/** Makes an empty table with the root in it. */
export function createPathTable(limits: Pick<FileLimits, 'paths' | 'nameBytes'>): PathTable {
  const slots = 2 ** Math.ceil(Math.log2(limits.paths * 2));
  const table = new Uint32Array(slots);
  const parents = new Uint32Array(limits.paths + 1);
  const offsets = new Uint32Array(limits.paths + 1);
  const lengths = new Uint16Array(limits.paths + 1);
  const texts = Buffer.alloc(limits.nameBytes);
  // Names are a stranger's: with numbers that they cannot know, they cannot make all names meet in one slot.
  const seed = randomInt(2 ** 32);
  const factor = randomInt(2 ** 31) * 2 + 1;
  let used = 0;
  let last = rootNode;

  function slotOf(parent: number, name: string): number {
    let hash = Math.imul(seed ^ parent, factor);
    for (let index = 0; index < name.length; index++) {
      hash = Math.imul(hash ^ (hash >>> 15) ^ name.charCodeAt(index), factor);
    }
    let slot = (hash ^ (hash >>> 13)) & (slots - 1);
    for (;;) {
      const node = at(table, slot);
      if (node === 0 || (at(parents, node) === parent && isName(node, name))) return slot;
      slot = (slot + 1) & (slots - 1);
    }
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
    const offset = used;
    used += texts.write(text, offset, 'latin1');
    return offset;
  }

  function child(parent: number, name: string): number {
    const slot = slotOf(parent, name);
    const found = at(table, slot);
    if (found !== 0) return found;
    const offset = last >= limits.paths ? null : keepText(name);
    if (offset === null) return 0;
    last++;
    parents[last] = parent;
    offsets[last] = offset;
    lengths[last] = name.length;
    table[slot] = last;
    return last;
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
    find: (parent, name) => at(table, slotOf(parent, name)),
    parentOf: (node) => at(parents, node),
    nameOf,
    pathOf,
    keepText,
    textAt: (offset, length) => texts.toString('latin1', offset, offset + length),
  };
}
