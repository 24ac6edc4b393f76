import { join } from 'node:path';
import { projectFolder } from '../../../src/assemble.ts';
import { formatFault } from '../../../src/knowledge/fault.ts';
import type { LoadedBook } from '../../../src/knowledge/load-book.ts';
import { parseEntry } from '../../../src/knowledge/parse-entry.ts';
import { checkRules } from '../../../src/knowledge/rules/check-rules.ts';
import { readRules } from '../../../src/knowledge/rules/read-rules.ts';

/** The rules that ship. */
export const shippedRules = await readRules(join(projectFolder, 'knowledge'));

/** Lines of front matter in `bookOf`, without the two fences. */
export const linesBefore = 8;

/** A book of one entry with this body. */
export function bookOf(
  body: string,
  claim = 'Something that can be shown.',
  checked: string | null = '2026-11',
): LoadedBook {
  const front = `id: some-entry\ntitle: What is a thing?\nchapter: storage\ntopic: any\nasks: [thing]\nclaims: { some-claim: "${claim}" }\nsources: ['https://docs.docker.com/']${checked === null ? '' : `\nchecked: ${checked}`}`;
  const parsed = parseEntry('some-entry.md', `---\n${front}\n---\n${body}\n`);
  if (!parsed.entry) throw new Error(parsed.faults.map(formatFault).join('\n'));
  return { entries: new Map([['some-entry', parsed.entry]]), faults: [], files: [parsed], phrasingFiles: [] };
}

/** What the rules say against a body, one `file:line: problem. remedy` each; lines count within the body, from 1. */
export function faultsIn(body: string, claim?: string): string[] {
  const faults = checkRules(bookOf(body, claim), shippedRules);
  return faults.map((fault) => formatFault({ ...fault, line: fault.line - linesBefore - 2 }));
}
