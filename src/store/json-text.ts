import { z } from 'zod';

/** A column that holds JSON as text, parsed and then checked. */
export function jsonOf<Value>(value: z.ZodType<Value>) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch (error) {
        context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
        return z.NEVER;
      }
    })
    .pipe(value);
}

/** A JSON object whose fields the store does not look into. */
export const jsonObject = z.record(z.string(), z.unknown());
