import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DemoCatalogue } from '../demos/catalogue/find-demos.ts';
import { ideas, nameFigures } from '../figures/find-figures.ts';
import { checkBook } from '../knowledge/check-book.ts';
import { renderCoverage } from '../knowledge/coverage.ts';
import { type Fault, formatFault } from '../knowledge/fault.ts';
import { type Book, parseBook } from '../knowledge/load-book.ts';
import { type Outline, outlineOf } from '../knowledge/outline.ts';
import { readKnowledge } from '../knowledge/read-knowledge.ts';
import { checkRules, staleEntries } from '../knowledge/rules/check-rules.ts';
import { readRuleFiles, readRules } from '../knowledge/rules/read-rules.ts';
import type { BookPlace } from '../matching/model/learned-book.ts';
import { openSoundFiles } from './sound-files.ts';
import { exitCode, type Terminal } from './terminal.ts';

/** Where the coverage table stands, relative to the project's folder. */
export const coverageFile = 'docs/source-coverage.md';

/** What `check` looks at. */
export interface CheckParts {
  readonly place: BookPlace;
  readonly demos: DemoCatalogue;
  readonly projectFolder: string;
  readonly now: Date;
}

/**
 * Checks the book and the coverage table, and prints each fault as `file:line: problem. What to do`. Hints are printed
 * after them, and are no faults. What a file by itself shows is remembered where it shows no fault.
 * @returns 0 if there is no fault, else 1
 * @throws KnowledgeUnreadable, OutlineInvalid
 */
export async function check({ place, demos, projectFolder, now }: CheckParts, terminal: Terminal): Promise<number> {
  const knowledge = readKnowledge(place.folders);
  const outline = outlineOf(knowledge);
  const shipped = join(projectFolder, 'knowledge');
  const sound = openSoundFiles(place.models, await readRuleFiles(shipped));
  const book = parseBook(knowledge, place.root, [], sound.read);
  const unchecked = { ...book, files: book.files.filter((file) => !sound.recalled(file)) };
  const againstRules = unchecked.files.length === 0 ? [] : checkRules(unchecked, await readRules(shipped));
  sound.keep(book, new Set(againstRules.map(({ file }) => file)));
  const tested = new Map([...demos.values()].map((demo) => [demo.id, demo.claims]));
  const faults = [
    ...checkBook(book, outline, { tested, figures: await nameFigures(ideas) }),
    ...againstRules,
    ...(await checkCoverage(book, outline, projectFolder)),
  ];
  for (const fault of faults) terminal.out.write(`${formatFault(fault)}\n`);
  for (const hint of staleEntries(book, now)) terminal.out.write(formatHint(hint));
  const claims = [...book.entries.values()].flatMap((entry) => entry.claims);
  const proven = claims.filter((claim) => claim.unprovable === null).length;
  const summary = `${book.entries.size} entries, ${claims.length} claims (${proven} with a demo), ${demos.size} demos`;
  terminal.out.write(
    faults.length === 0
      ? `${terminal.style.good('The book is sound')}: ${summary}.\n`
      : `${faults.length} ${faults.length === 1 ? 'fault' : 'faults'} in ${summary}.\n`,
  );
  return faults.length === 0 ? exitCode.fine : exitCode.negative;
}

/** Writes what should be looked at and is no fault: `file:line: hint: problem. What to do`, and a line end. */
export function formatHint(hint: Fault): string {
  return `${formatFault({ ...hint, problem: `hint: ${hint.problem}` })}\n`;
}

async function checkCoverage(book: Book, outline: Outline, projectFolder: string): Promise<Fault[]> {
  const shipped = new Map([...book.entries].filter(([, { file }]) => file.startsWith('knowledge/')));
  const { table, uncovered } = renderCoverage(shipped, outline);
  const committed = await readFile(join(projectFolder, coverageFile), 'utf8').catch(() => '');
  const remedy = 'Write it anew with: npm run coverage-table';
  const stale =
    committed === table
      ? []
      : [{ file: coverageFile, line: 1, problem: 'The table does not show the book as it is', remedy }];
  const missing = uncovered.map((statement) => ({
    file: 'knowledge/outline.yaml',
    line: 1,
    problem: `No entry covers the statement "${statement}"`,
    remedy: 'Name it under covers: in the entry that does, or write one',
  }));
  return [...stale, ...missing];
}
