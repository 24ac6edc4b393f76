import { basename, relative } from 'node:path';
import type { Entry } from './entry.ts';
import type { Fault } from './fault.ts';
import { type ParsedEntry, parseEntry } from './parse-entry.ts';
import { type PhrasingFile, parsePhrasings } from './parse-phrasings.ts';
import { type KnowledgeFile, readKnowledge } from './read-knowledge.ts';

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
  readonly phrasingFiles: readonly PhrasingFile[];
}

/**
 * Reads every Markdown file below the given folders, and the files of phrasings in their `phrasings/`. The first folder
 * that defines an id wins; later ones are faults. Phrasings of an id count for its entry, whichever folder has them.
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
  return parseBook(readKnowledge(folders), root, lastGood.entries.values());
}

/**
 * Reads a book from its files; see `loadBook`.
 * @param readEntry reads an entry's file, or recalls it
 */
export function parseBook(
  knowledge: readonly KnowledgeFile[],
  root: string,
  lastGood: Iterable<Entry> = [],
  readEntry: typeof parseEntry = parseEntry,
): LoadedBook {
  const before = new Map([...lastGood].map((entry) => [entry.file, entry]));
  const entries = new Map<string, Entry>();
  const faults: Fault[] = [];
  const files: ParsedEntry[] = [];
  const phrasingFiles: PhrasingFile[] = [];
  const names = new Set<string>();
  const shipped = knowledge[0]?.folder;
  for (const { kind, folder, path, text } of knowledge) {
    const file = relative(root, path);
    if (kind === 'phrasings') phrasingFiles.push(parsePhrasings(file, text));
    if (kind !== 'entry') continue;
    names.add(basename(path, '.md'));
    const parsed = readEntry(file, text);
    faults.push(...parsed.faults);
    files.push(parsed);
    const written = parsed.entry ?? before.get(file);
    if (!written) continue;
    const entry = { ...written, own: folder !== shipped };
    const first = entries.get(entry.id);
    if (first) faults.push(duplicate(entry, first, parsed.lineOf('id')));
    else entries.set(entry.id, entry);
  }
  for (const each of phrasingFiles) faults.push(...each.faults, ...orphaned(each, entries, names));
  return { entries: withPhrasings(entries, phrasingFiles), faults, files, phrasingFiles };
}

function withPhrasings(
  entries: ReadonlyMap<string, Entry>,
  phrasingFiles: readonly PhrasingFile[],
): ReadonlyMap<string, Entry> {
  const further = Map.groupBy(phrasingFiles, ({ id }) => id);
  return new Map(
    [...entries].map(([id, entry]) => {
      const texts = (further.get(id) ?? []).flatMap(({ phrasings }) => phrasings.map(({ text }) => text));
      return [id, { ...entry, phrasings: [...entry.asks, ...texts] }];
    }),
  );
}

/** @param written names of entry files: where one is faulty, its phrasings wait for it without a fault of their own */
function orphaned(
  { id, file }: PhrasingFile,
  entries: ReadonlyMap<string, Entry>,
  written: ReadonlySet<string>,
): Fault[] {
  if (entries.has(id) || written.has(id)) return [];
  const problem = `There is no entry "${id}" that these phrasings belong to`;
  return [{ file, line: 1, problem, remedy: "Name the file after its entry's id, or remove it" }];
}

function duplicate(entry: Entry, first: Entry, line: number): Fault {
  return {
    file: entry.file,
    line,
    problem: `The id "${entry.id}" is taken by ${first.file}`,
    remedy: 'Give this entry another id',
  };
}
