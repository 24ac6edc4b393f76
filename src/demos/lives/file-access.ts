import type { Result } from '../../sandbox/sandbox.ts';

/** A file that a script of a demo used, and how. */
export interface FileAccess {
  /** As the script names it. */
  readonly path: string;
  readonly event: 'wrote' | 'read' | 'missed';
}

const path = String.raw`["']?([\w./-]+)["']?`;
const writes = new RegExp(String.raw`(?<![0-9&>])>{1,2}\s*${path}`, 'g');
const reads = new RegExp(String.raw`\b(?:cat|wc -[cl]|sha256sum)\s+(?:<\s*)?${path}`, 'g');

/**
 * Tells which files a script of a demo wrote and read, by the plain words that demos use for it: a redirection, `cat`, a
 * count, a checksum. What it does in another way is not told.
 * @param script a fixed script of a demo
 * @param result how it ended: a file that was not there was missed
 */
export function readAccesses(script: string, { output, exitCode }: Result): readonly FileAccess[] {
  const wrote = pathsOf(script, writes);
  if (exitCode !== 0 && !/no such file/i.test(output)) return [];
  const event = exitCode === 0 ? 'read' : 'missed';
  const read = pathsOf(script, reads).filter((each) => !wrote.includes(each));
  return [
    ...wrote.map((each): FileAccess => ({ path: each, event: 'wrote' })),
    ...read.map((each): FileAccess => ({ path: each, event })),
  ];
}

/** Files of the kernel hold no data of anybody. */
function pathsOf(script: string, pattern: RegExp): string[] {
  const found = [...script.matchAll(pattern)].map(([, each = '']) => each);
  return [...new Set(found)].filter((each) => !/^\/(?:dev|proc|sys)\//.test(each));
}
