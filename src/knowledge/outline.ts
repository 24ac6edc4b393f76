import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const outlineSchema = z.strictObject({
  chapters: z.record(z.string(), z.string()),
  statements: z.record(z.string(), z.string()),
  topics: z.record(z.string(), z.string()),
});

const ownOutlineSchema = z.strictObject({
  chapters: z.record(z.string(), z.string()).default({}),
  topics: z.record(z.string(), z.string()).default({}),
});

const outlineFile = 'outline.yaml';

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
  return outlineSchema.parse(parse(await readFile(join(folder, outlineFile), 'utf8')));
}

/** Thrown where a team's own outline cannot be used; says what is wrong with it. */
export class OutlineInvalid extends Error {
  override readonly name = 'OutlineInvalid';

  constructor(path: string, problem: string, cause: unknown) {
    super(
      `${path}: ${problem}. It may hold chapters: and topics:, each an id with a title; see docs/writing-entries.md`,
      { cause },
    );
  }
}

/**
 * Adds the chapters and topics that a team's own folders bring in an `outline.yaml` of theirs, if they have one. Of an
 * id that is there already, the first title stays.
 * @throws OutlineInvalid if there is a file that cannot be used
 */
export async function extendOutline(outline: Outline, folders: readonly string[]): Promise<Outline> {
  let { chapters, topics } = outline;
  for (const folder of folders) {
    const own = await readOwnOutline(join(folder, outlineFile));
    // Named first for their order, last for their titles.
    chapters = { ...chapters, ...own.chapters, ...chapters };
    topics = { ...own.topics, ...topics };
  }
  return { ...outline, chapters, topics };
}

async function readOwnOutline(path: string): Promise<z.output<typeof ownOutlineSchema>> {
  try {
    return ownOutlineSchema.parse(parse(await readFile(path, 'utf8')));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return ownOutlineSchema.parse({});
    const problem = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new OutlineInvalid(path, problem.split('\n')[0] ?? '', cause);
  }
}
