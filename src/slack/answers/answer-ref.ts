import { z } from 'zod';
import { slackLimits } from '../blocks/limits.ts';

/**
 * What a button of a reply remembers, since Slack tells neither what stood in a private message nor what was asked. A
 * message can be pressed long after it was posted, so fields are only ever added.
 */
export interface AnswerRef {
  readonly entry?: string | undefined;
  readonly question?: string | undefined;
  /** What tells the question apart within its channel: its message's timestamp, or the command's trigger id. */
  readonly event?: string | undefined;
  /** The thread to share to. */
  readonly thread?: string | undefined;
  /** Whether the question stands above its answer. */
  readonly quoted?: boolean | undefined;
  /** The entries that the question could mean too. */
  readonly others?: readonly string[] | undefined;
  /** What whoever shared it is called. */
  readonly by?: string | undefined;
}

const refSchema = z.object({
  entry: z.string().optional(),
  question: z.string().optional(),
  event: z.string().optional(),
  thread: z.string().optional(),
  quoted: z.boolean().optional(),
  others: z.array(z.string()).optional(),
  by: z.string().optional(),
});

/** Characters of the question that a button has room for: a reply has several, and all together have a limit. */
const longestQuestion = 250;

/** Writes a button's value; a long question is cut. @param room characters that the value may have */
export function writeRef({ question = '', ...ref }: AnswerRef, room: number = slackLimits.buttonValue): string {
  const write = (length: number) =>
    JSON.stringify({ ...ref, ...(question === '' ? {} : { question: question.slice(0, length).toWellFormed() }) });
  const value = write(longestQuestion);
  const over = value.length - room;
  return over <= 0 ? value : write(Math.max(0, Math.min(question.length, longestQuestion) - over));
}

/** Reads a button's value; one of an earlier version is an entry's id alone. @returns null for one that is neither */
export function readRef(value: string): AnswerRef | null {
  if (/^[a-z0-9-]+$/.test(value)) return { entry: value };
  try {
    return refSchema.safeParse(JSON.parse(value)).data ?? null;
  } catch {
    return null;
  }
}
