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
  return { schema: z.coerce.number().int().min(least).default(fallback) } as const;
}

/** The number of a port; 0 is any free one. */
export const portNumber = z.coerce.number().int().min(0).max(65_535);
