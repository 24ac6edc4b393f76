import { at } from './column.ts';
import { type PathTable, rootNode } from './path-table.ts';
import type { ChangeCounts, StackedLayer } from './stack.ts';

/** What happened to a path in the layer that is being put on. */
const happened = { nothing: 0, added: 1, changed: 2, removed: 3 } as const;

/** Counts what layers do to paths. */
export interface ChangeCounter {
  /** Whether a node is the watched one, or below it. */
  isWatched(node: number): boolean;
  /**
   * Counts what a layer did to a path, once however often it did it.
   * @param layer the layer's number, from 1, with its counts
   * @param wasThere whether the path was there before
   */
  mark(node: number, now: 'put' | 'taken', wasThere: boolean, layer: number, counts: StackedLayer): void;
}

/**
 * Makes a counter for the layers of one image.
 * @param nodes how many nodes there may be
 * @param watch the node whose history is wanted; 0 for none
 */
export function createChangeCounter(paths: PathTable, nodes: number, watch: number): ChangeCounter {
  const marks = new Uint8Array(nodes);
  const markLayers = new Uint16Array(nodes);
  const watchedFlags = new Uint8Array(watch === 0 ? 0 : nodes);

  function isWatched(node: number): boolean {
    if (watch === 0) return false;
    const chain: number[] = [];
    let top = node;
    while (top > rootNode && top !== watch && at(watchedFlags, top) === 0) {
      chain.push(top);
      top = paths.parentOf(top);
    }
    const flag = top === watch || at(watchedFlags, top) === 2 ? 2 : 1;
    for (const below of chain) watchedFlags[below] = flag;
    return flag === 2;
  }

  return {
    isWatched,
    mark(node, now, wasThere, layer, { changes, watched }) {
      const before = at(markLayers, node) === layer ? at(marks, node) : null;
      const wasBelow = before === null ? wasThere : before === happened.changed || before === happened.removed;
      const after =
        now === 'put' ? (wasBelow ? happened.changed : happened.added) : wasBelow ? happened.removed : happened.nothing;
      markLayers[node] = layer;
      marks[node] = after;
      for (const sum of isWatched(node) ? [changes, watched] : [changes]) {
        count(sum, before ?? happened.nothing, -1);
        count(sum, after, 1);
      }
    },
  };
}

function count(sum: ChangeCounts, what: number, amount: number): void {
  if (what === happened.added) sum.added += amount;
  if (what === happened.changed) sum.changed += amount;
  if (what === happened.removed) sum.removed += amount;
}
