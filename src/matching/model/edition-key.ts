import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Entry } from '../../knowledge/entry.ts';
import type { KnowledgeFile } from '../../knowledge/read-knowledge.ts';

/**
 * Names an edition of the book by everything that it is made from: the files, the code that reads and learns them with
 * its options, the packages it uses, and the Node version, whose arithmetic may differ.
 * @param root the folder that messages name files relative to
 * @param kept entries of which the files have become faulty
 * @returns 64 hex digits, the SHA-256 of it all
 */
export function editionKey(knowledge: readonly KnowledgeFile[], root: string, kept: readonly Entry[] = []): string {
  const files = knowledge.flatMap(({ folder, path, text }) => [relative(root, folder), relative(root, path), text]);
  return workKey([...files, JSON.stringify(kept)]);
}

/**
 * Names what the code of knowledge and matching makes of some texts.
 * @returns 64 hex digits, the SHA-256 of the texts and of all that works on them
 */
export function workKey(texts: readonly string[]): string {
  const hash = createHash('sha256');
  const add = (part: string | Uint8Array): void => {
    // With its length before it, so that no two lists of parts read alike.
    hash.update(`${part.length}:`).update(part);
  };
  add(`${process.version} ${process.arch}`);
  for (const file of codeFiles()) add(readFileSync(file));
  for (const text of texts) add(text);
  return hash.digest('hex');
}

/** The source of matching and knowledge, with their subfolders, and the list of packages with their versions. */
function codeFiles(): string[] {
  const source = join(import.meta.dirname, '../..');
  const code = ['knowledge', 'matching'].flatMap((room) =>
    readdirSync(join(source, room), { recursive: true, withFileTypes: true })
      .filter((item) => item.isFile())
      .map((item) => join(item.parentPath, item.name))
      .sort(),
  );
  return [...code, join(source, '../package-lock.json')].filter((file) => existsSync(file));
}
