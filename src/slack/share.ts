import { z } from 'zod';

/** What a Share button carries, since Slack does not tell what stood in a private message. */
export interface Share {
  readonly entry: string;
  readonly question?: string | undefined;
  /** The thread to share to. */
  readonly thread?: string | undefined;
}

const shareSchema = z.object({ entry: z.string(), question: z.string().optional(), thread: z.string().optional() });

/** Characters of the question that a button has room for, whatever its characters. */
const longestQuestion = 250;

/** Writes a button's value. */
export function writeShare({ entry, question, thread }: Share): string {
  return JSON.stringify({ entry, question: question?.slice(0, longestQuestion).toWellFormed(), thread });
}

/** Reads a button's value. @returns null for one that this version does not know */
export function readShare(value: string): Share | null {
  try {
    return shareSchema.safeParse(JSON.parse(value)).data ?? null;
  } catch {
    return null;
  }
}
