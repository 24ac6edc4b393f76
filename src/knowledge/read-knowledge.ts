import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { KnowledgeUnreadable } from './knowledge-error.ts';

/** A file of a knowledge folder, as it was at one moment. */
export interface KnowledgeFile {
  readonly kind: 'entry' | 'phrasings' | 'outline';
  /** The knowledge folder that it is in. */
  readonly folder: string;
  readonly path: string;
  readonly text: string;
}

const outlineName = 'outline.yaml';

/**
 * Reads the files below knowledge folders that make up a book: folder by folder, in the order of their paths. All at
 * once, since they are small and many: so nothing changes between one and the next.
 * @throws KnowledgeUnreadable if a folder or a file cannot be read
 */
export function readKnowledge(folders: readonly string[]): KnowledgeFile[] {
  return folders.flatMap((folder) =>
    listFiles(folder).flatMap((path) => {
      const kind = kindOf(relative(folder, path));
      return kind === null ? [] : [{ kind, folder, path, text: readText(path, largestFile[kind]) }];
    }),
  );
}

function kindOf(path: string): KnowledgeFile['kind'] | null {
  if (path === outlineName) return 'outline';
  if (path.endsWith('.txt') && path.startsWith(`phrasings${sep}`)) return 'phrasings';
  return path.endsWith('.md') && basename(path) !== 'README.md' ? 'entry' : null;
}

/** What one knowledge folder may hold: far more than anybody writes, and less than what a mistaken path leads to. */
const bounds = { depth: 16, files: 200_000 } as const;

/** Bytes of a file that are read at most, by its kind: one that is larger is too large whatever the rest of it says. */
export const largestFile = { entry: 256 * 1024, phrasings: 4 * 1024 * 1024, outline: 1024 * 1024 } as const;

/** Links are not followed: they may lead anywhere, and in circles. The folder itself may be one. */
function listFiles(folder: string): string[] {
  const found: string[] = [];
  const list = (path: string, depth: number): void => {
    if (depth > bounds.depth) throw new Error(`${path} is more than ${bounds.depth} folders deep`);
    for (const item of readdirSync(path, { withFileTypes: true })) {
      const inner = join(path, item.name);
      // Whatever bears the outline's name is meant to be it, and told where it cannot be read.
      const outline = depth === 0 && item.name === outlineName && !item.isSymbolicLink();
      if (item.isFile() || outline) found.push(inner);
      else if (item.isDirectory()) list(inner, depth + 1);
      if (found.length > bounds.files) throw new Error(`there are more than ${bounds.files} files`);
    }
  };
  try {
    list(folder, 0);
    return found.sort();
  } catch (cause) {
    throw new KnowledgeUnreadable(folder, cause);
  }
}

/** Reads a file, or of a larger one a byte more than it may have. */
function readText(path: string, most: number): string {
  try {
    const { size } = statSync(path);
    if (size <= most) return readFileSync(path, 'utf8');
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(most + 1);
      return bytes.toString('utf8', 0, readSync(file, bytes));
    } finally {
      closeSync(file);
    }
  } catch (cause) {
    throw new KnowledgeUnreadable(path, cause);
  }
}
