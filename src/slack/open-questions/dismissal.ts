import { z } from 'zod';
import type { DismissedGroup, GapCluster } from '../../assistant/open-questions.ts';

const dismissalSchema = z.tuple([z.string(), z.number()]);

/** Writes which group is dismissed, as it was shown: the value of a menu's line has little room. */
export function writeDismissal({ id, lastAt }: Pick<GapCluster, 'id' | 'lastAt'>): string {
  return JSON.stringify([id, lastAt]);
}

/** Reads which group is dismissed. @returns null for what is none */
export function readDismissal(value: string): Omit<DismissedGroup, 'by'> | null {
  try {
    const [id, until] = dismissalSchema.parse(JSON.parse(value));
    return { id, until };
  } catch {
    return null;
  }
}
