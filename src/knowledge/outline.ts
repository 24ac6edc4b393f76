import { parse } from 'yaml';
import { z } from 'zod';
import { OutlineInvalid } from './knowledge-error.ts';
import type { KnowledgeFile } from './read-knowledge.ts';

const outlineSchema = z.strictObject({
  chapters: z.record(z.string(), z.string()),
  statements: z.record(z.string(), z.string()),
  topics: z.record(z.string(), z.string()),
});

const ownOutlineSchema = z.strictObject({
  chapters: z.record(z.string(), z.string()).default({}),
  topics: z.record(z.string(), z.string()).default({}),
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
 * Reads the outline of a book. A team's own folder may bring further chapters and topics; of an id that is there already,
 * the first title stays.
 * @param knowledge the book's files, those of the shipped folder first
 * @throws OutlineInvalid if a team's own outline cannot be used
 * @throws Error if the shipped one is missing or malformed; it ships with the program, so that is a broken installation
 */
export function outlineOf(knowledge: readonly KnowledgeFile[]): Outline {
  const [shipped, ...own] = knowledge.filter(({ kind }) => kind === 'outline');
  const outline = outlineSchema.parse(parse(shipped?.text ?? ''));
  return own.reduce(extend, outline);
}

function extend(outline: Outline, { path, text }: KnowledgeFile): Outline {
  const own = readOwn(path, text);
  // Named first for their order, last for their titles.
  const chapters = { ...outline.chapters, ...own.chapters, ...outline.chapters };
  return { ...outline, chapters, topics: { ...own.topics, ...outline.topics } };
}

function readOwn(path: string, text: string): z.output<typeof ownOutlineSchema> {
  try {
    return ownOutlineSchema.parse(parse(text));
  } catch (cause) {
    const problem = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new OutlineInvalid(path, problem.split('\n')[0] ?? '', cause);
  }
}
