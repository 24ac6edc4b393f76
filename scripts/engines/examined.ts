import { z } from 'zod';

/** What of `prove --json` a comparison of engines shows. */
export const proofSchema = z.object({
  engine: z.object({ version: z.string(), storageDriver: z.string(), cgroupVersion: z.string() }).nullable(),
  claims: z.array(z.object({ id: z.string(), status: z.enum(['held', 'refuted', 'not run']), observed: z.string() })),
  leftovers: z.number(),
  ms: z.number(),
});

/** What of `attack --json` a comparison of engines shows. */
export const attacksSchema = z.object({
  rows: z.array(
    z.object({
      tries: z.string(),
      limit: z.string(),
      verdict: z.enum(['stopped', 'stopped twice', 'not enforced', 'broken through', 'shows nothing']),
      locked: z.string(),
      unlocked: z.string(),
    }),
  ),
  ms: z.number(),
});

/** What `attack --json` prints where demos, and so attacks, are refused on the engine. */
export const refusedSchema = z.object({ refused: z.string() });

/** Something that could not be had, and why. */
export interface Missing {
  readonly why: string;
}

/** What became of one engine; where it did not start, neither was run. */
export interface Examined {
  readonly name: string;
  /** Why demos are refused on it; what follows is then what it shows where an admin has accepted it. */
  readonly refused: string | null;
  readonly proof: z.output<typeof proofSchema> | Missing;
  readonly attacks: z.output<typeof attacksSchema> | Missing;
}
