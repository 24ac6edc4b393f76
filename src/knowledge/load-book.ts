import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Entry } from './entry.ts';
import type { Fault } from './fault.ts';
import { type ParsedEntry, parseEntry } from './parse-entry.ts';

/** The knowledge that answers come from. Plain data; a changed book is a new one. */
export interface Book {
  /** Entry id → entry, signposts included, in the order of their files. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** What kept files, or parts of the book, from being used. */
  readonly faults: readonly Fault[];
}

/** A book with what its checker needs to name lines. */
export interface LoadedBook extends Book {
  readonly files: readonly ParsedEntry[];
}

/** Thrown where a knowledge folder, or a file in it, cannot be read at all. */
export class KnowledgeUnreadable extends Error {
  override readonly name = 'KnowledgeUnreadable';

  constructor(path: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`Cannot read the knowledge in ${path}: ${reason}. Check that it exists and can be read.`, { cause });
  }
}

/**
 * Reads every Markdown file below the given folders. The first folder that defines an id wins; later ones are faults.
 * @param folders the shipped book first, then a team's own
 * @param root folder that messages name files relative to
 * @param lastGood the book in use until now: of a file that has become faulty its entry stays
 * @throws KnowledgeUnreadable if a folder or a file cannot be read
 */
export async function loadBook(
  folders: readonly string[],
  root = process.cwd(),
  lastGood: Book = { entries: new Map(), faults: [] },
): Promise<LoadedBook> {
  const before = new Map([...lastGood.entries.values()].map((entry) => [entry.file, entry]));
  const entries = new Map<string, Entry>();
  const faults: Fault[] = [];
  const files: ParsedEntry[] = [];
  for (const folder of folders) {
    for (const path of await listMarkdown(folder)) {
      const file = relative(root, path);
      const parsed = parseEntry(file, await readText(path));
      faults.push(...parsed.faults);
      files.push(parsed);
      const entry = parsed.entry ?? before.get(file);
      if (!entry) continue;
      const first = entries.get(entry.id);
      if (first) faults.push(duplicate(entry, first, parsed.lineOf('id')));
      else entries.set(entry.id, entry);
    }
  }
  return { entries, faults, files };
}

async function listMarkdown(folder: string): Promise<string[]> {
  try {
    const found = await readdir(folder, { recursive: true, withFileTypes: true });
    return found
      .filter((item) => item.isFile() && item.name.endsWith('.md') && item.name !== 'README.md')
      .map((item) => join(item.parentPath, item.name))
      .sort();
  } catch (cause) {
    throw new KnowledgeUnreadable(folder, cause);
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new KnowledgeUnreadable(path, cause);
  }
}

function duplicate(entry: Entry, first: Entry, line: number): Fault {
  return {
    file: entry.file,
    line,
    problem: `The id "${entry.id}" is taken by ${first.file}`,
    remedy: 'Give this entry another id',
  };
}
