import { readEntryPath } from './entry-path.ts';
import { type EntryTable, entryKind } from './entry-table.ts';
import type { PathEvent, PathHistory } from './image-files.ts';
import { type PathTable, rootNode } from './path-table.ts';
import type { Stack } from './stack.ts';

/** As many links as Linux follows before it gives up. */
const maxLinks = 40;

/**
 * Finds a path as a process in the image would, through the symbolic links of the directories above it.
 * @param path absolute, as a person wrote it
 * @returns its node; 0 where no layer has it
 */
export function findPath(table: EntryTable, stack: Stack, path: string): number {
  const { paths } = table;
  let names = split(path);
  let node = rootNode;
  let links = 0;
  while (names.length > 0) {
    const [name = '', ...others] = names;
    node = paths.find(node, name);
    if (node === 0) return 0;
    names = others;
    if (others.length === 0 || stack.tree.kindOf(node) !== entryKind.symlink) continue;
    if (++links > maxLinks) return 0;
    const { offset, length } = stack.targetOf(node);
    const target = paths.textAt(offset, length);
    names = split([target.startsWith('/') ? '' : bytesOf(paths, paths.parentOf(node)), target, ...others].join('/'));
    node = rootNode;
  }
  return node;
}

/** The names of a path; those that lead above the root stay there, as for a process. */
function split(path: string): string[] {
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return names;
}

function bytesOf(paths: PathTable, node: number): string {
  return Buffer.from(paths.pathOf(node), 'utf8').toString('latin1');
}

/** The names of a path that a person wrote, one character a byte; null for one that no image can have. */
export function toEntryName(path: string): string | null {
  const name = Buffer.from(path, 'utf8').toString('latin1');
  return readEntryPath(name) === null ? null : name;
}

/** Tells what the layers did at a node, which was watched while they were stacked. */
export function describePath(table: EntryTable, stack: Stack, node: number): PathHistory {
  const events: PathEvent[] = [];
  let before = 0;
  for (const [index, { watched }] of stack.layers.entries()) {
    const { added, changed, removed, bytes, kind } = watched;
    const itself = before === 0 && kind !== 0 ? 'came' : before !== 0 && kind === 0 ? 'went' : null;
    before = kind;
    if (itself === null && added + changed + removed === 0) continue;
    events.push({ layer: index + 1, added, changed, removed, bytes, itself });
  }
  const kind = kindName(stack.tree.kindOf(node));
  const layer = kind === 'directory' || kind === 'absent' ? null : stack.writerOf(node);
  return { path: table.paths.pathOf(node), kind, layer, bytes: stack.bytesOf(node), events };
}

function kindName(kind: number): PathHistory['kind'] {
  if (kind === 0) return 'absent';
  if (kind === entryKind.file) return 'file';
  if (kind === entryKind.directory) return 'directory';
  return kind === entryKind.symlink ? 'symlink' : 'other';
}
