import type { Pick, Talk } from '../listening.ts';

/**
 * Finds the entry that is meant by its place among those that were offered. "The other one" is the first of them that
 * is not shown.
 * @returns null where there is none
 */
export function pickOffered(which: Pick, { entry, offered }: Omit<Talk, 'earlier'>): string | null {
  const found =
    which === 'last' ? offered.at(-1) : which === 'other' ? offered.find((id) => id !== entry) : offered[which - 1];
  return found ?? null;
}
