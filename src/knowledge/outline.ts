import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const outlineSchema = z.strictObject({
  chapters: z.record(z.string(), z.string()),
  statements: z.record(z.string(), z.string()),
  topics: z.record(z.string(), z.string()),
});

/** What the book is measured against: the source document's chapters and statements, and the list of topics. */
export interface Outline {
  /** Chapter id → its title, in the source document's order. */
  readonly chapters: Readonly<Record<string, string>>;
  /** Statement id → the statement, restated. */
  readonly statements: Readonly<Record<string, string>>;
  /** Topic id → what belongs to it. */
  readonly topics: Readonly<Record<string, string>>;
}

/**
 * Reads `outline.yaml` from the shipped knowledge folder.
 * @throws Error if the file is missing or malformed; it ships with the program, so that is a broken installation
 */
export async function readOutline(folder: string): Promise<Outline> {
  return outlineSchema.parse(parse(await readFile(join(folder, 'outline.yaml'), 'utf8')));
}
