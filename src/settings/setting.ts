import { z } from 'zod';

/** One setting of the environment. */
export interface Setting<Value = unknown> {
  /** The variable's name. */
  readonly environment: string;
  /** What it accepts; `undefined` stands for a variable that is not set, or empty. */
  readonly schema: z.ZodType<Value>;
  /** What it is for: one line of Markdown, without a pipe. */
  readonly means: string;
  /** What holds where it is not set, in words; the default itself where left out. */
  readonly otherwise?: string;
}

const list = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  )
  .default([])
  .readonly();

/** Parts between commas; none where it is not set. */
export const listed = { schema: list } as const;

/** What may be left out; null then. */
export function perhaps<Value>(schema: z.ZodType<Value>) {
  return { schema: schema.optional().transform((value) => value ?? null) } as const;
}

/** A whole number. */
export function whole(fallback: number, least = 1) {
  return { schema: fromText(wholeNumber(least)).default(fallback) } as const;
}

/** One of some words. */
export function oneOf<const Words extends readonly string[]>(words: Words) {
  return z.enum(words, `must be one of: ${words.join(', ')}`);
}

/** What is a whole number in these bounds, and says so of what is not. */
export function wholeNumber(least: number, most?: number) {
  const words = `must be a whole number from ${least}${most === undefined ? '' : ` to ${most}`}`;
  // A single check: of several, each that fails would say the same.
  return z
    .number(words)
    .refine((value) => Number.isSafeInteger(value) && value >= least && value <= (most ?? value), words);
}

/** The same, of a number that is written. */
export function fromText(number: ReturnType<typeof wholeNumber>) {
  return z.unknown().transform(Number).pipe(number);
}

/** The number of a port; 0 is any free one. */
export const portNumber = fromText(wholeNumber(0, 65_535));
