import { at } from './column.ts';
import { type PathTable, rootNode } from './path-table.ts';

/** Which paths there are at one moment while layers are stacked, and what is in each directory. 13 bytes a path. */
export interface LiveTree {
  /** 0 where there is nothing. */
  readonly kindOf: (node: number) => number;
  /** Puts something at a path; what is above it must be there. */
  readonly set: (node: number, kind: number) => void;
  /** Takes away what is at a path; nothing may be below it. */
  readonly unset: (node: number) => void;
  /** The first child of a directory and the next beside a child; 0 after the last. */
  readonly firstChild: (node: number) => number;
  readonly next: (node: number) => number;
}

/**
 * Makes a tree with the root alone. Children are a linked list of those that are there, so that emptying a directory
 * takes as long as it was filled, however often a hostile image does it.
 */
export function createLiveTree(paths: PathTable, rootKind: number): LiveTree {
  const kinds = new Uint8Array(paths.last() + 1);
  const firsts = new Uint32Array(paths.last() + 1);
  const nexts = new Uint32Array(paths.last() + 1);
  const previous = new Uint32Array(paths.last() + 1);
  kinds[rootNode] = rootKind;

  function set(node: number, kind: number): void {
    if (at(kinds, node) === 0) {
      const parent = paths.parentOf(node);
      const first = at(firsts, parent);
      nexts[node] = first;
      previous[node] = 0;
      if (first !== 0) previous[first] = node;
      firsts[parent] = node;
    }
    kinds[node] = kind;
  }

  function unset(node: number): void {
    if (at(kinds, node) === 0) return;
    const before = at(previous, node);
    const after = at(nexts, node);
    if (before === 0) firsts[paths.parentOf(node)] = after;
    else nexts[before] = after;
    if (after !== 0) previous[after] = before;
    kinds[node] = 0;
  }

  return {
    kindOf: (node) => at(kinds, node),
    set,
    unset,
    firstChild: (node) => at(firsts, node),
    next: (node) => at(nexts, node),
  };
}
