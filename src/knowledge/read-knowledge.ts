import { readdirSync, readFileSync } from 'node:fs';
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
      return kind === null ? [] : [{ kind, folder, path, text: readText(path) }];
    }),
  );
}

function kindOf(path: string): KnowledgeFile['kind'] | null {
  if (path === outlineName) return 'outline';
  if (path.endsWith('.txt') && path.startsWith(`phrasings${sep}`)) return 'phrasings';
  return path.endsWith('.md') && basename(path) !== 'README.md' ? 'entry' : null;
}

function listFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((item) => item.isFile() || item.name === outlineName)
      .map((item) => join(item.parentPath, item.name))
      .sort();
  } catch (cause) {
    throw new KnowledgeUnreadable(folder, cause);
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new KnowledgeUnreadable(path, cause);
  }
}
