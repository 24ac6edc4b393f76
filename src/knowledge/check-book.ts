import { basename } from 'node:path';
import type { Claim, Entry } from './entry.ts';
import type { Fault } from './fault.ts';
import type { LoadedBook } from './load-book.ts';
import type { Outline } from './outline.ts';
import { plainQuestion } from './plain-question.ts';

/** Which claims each demo tests: demo id → claim ids. The book is checked against it without knowing demos. */
export type TestedClaims = ReadonlyMap<string, readonly string[]>;

/** What entries name that is no part of the book. */
export interface Named {
  readonly tested: TestedClaims;
  /** Ids of the figures. */
  readonly figures: ReadonlySet<string>;
}

/**
 * Checks the whole book: what one file alone cannot show.
 * @returns the faults of single files and of the book, sorted by file and line; empty if the book is sound
 */
export function checkBook(book: LoadedBook, outline: Outline, named: Named): Fault[] {
  const { tested } = named;
  const faults = [...book.faults];
  const asked = new Map<string, string>();
  const claimed = new Map<string, string>();
  for (const { entry, lineOf } of book.files) {
    if (!entry || book.entries.get(entry.id)?.file !== entry.file) continue;
    const report = (line: number, problem: string, remedy: string) =>
      faults.push({ file: entry.file, line, problem, remedy });
    checkIdentity(entry, outline, lineOf, report);
    checkReferences(entry, book, outline, named, lineOf, report);
    const asks = entry.asks.map((text, index) => ({ text, line: () => lineOf('asks', index) }));
    faults.push(...repeated(asks, entry.file, asked));
    for (const claim of entry.claims) {
      const owner = claimed.get(claim.id);
      if (owner)
        report(lineOf('claims', claim.id), `The claim id "${claim.id}" is taken by ${owner}`, 'Give it another id');
      else claimed.set(claim.id, entry.file);
      checkClaim(claim, tested, (...fault) => report(lineOf('claims', claim.id), ...fault));
    }
  }
  for (const { phrasings, file } of book.phrasingFiles) {
    const asks = phrasings.map(({ text, line }) => ({ text, line: () => line }));
    faults.push(...repeated(asks, file, asked));
  }
  faults.push(...checkDemos(tested, claimed));
  return faults.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}

type Report = (line: number, problem: string, remedy: string) => void;
type LineOf = (...path: (string | number)[]) => number;

function checkIdentity(entry: Entry, outline: Outline, lineOf: LineOf, report: Report): void {
  if (basename(entry.file, '.md') !== entry.id) {
    report(
      lineOf('id'),
      `The id "${entry.id}" is not the file's name`,
      `Rename the file to ${entry.id}.md, or change the id`,
    );
  }
  if (!(entry.chapter in outline.chapters)) {
    const known = Object.keys(outline.chapters).join(', ');
    report(lineOf('chapter'), `There is no chapter "${entry.chapter}"`, `Use one of: ${known}`);
  }
  if (entry.topic !== null && !(entry.topic in outline.topics)) {
    report(lineOf('topic'), `There is no topic "${entry.topic}"`, 'Use one of the topics in knowledge/outline.yaml');
  }
}

function checkReferences(
  entry: Entry,
  book: LoadedBook,
  outline: Outline,
  { tested, figures }: Named,
  lineOf: LineOf,
  report: Report,
): void {
  for (const [index, id] of entry.related.entries()) {
    if (!book.entries.has(id))
      report(lineOf('related', index), `The related entry "${id}" does not exist`, 'Correct the id or remove it');
  }
  for (const [index, id] of entry.covers.entries()) {
    if (!(id in outline.statements))
      report(lineOf('covers', index), `There is no statement "${id}"`, 'Use an id of knowledge/outline.yaml');
  }
  if (entry.demo !== null && !tested.has(entry.demo)) {
    report(
      lineOf('demo'),
      `There is no demo "${entry.demo}"`,
      'Use an id that ./dockproof demo lists, or write that demo',
    );
  }
  if (entry.figure !== null && !figures.has(entry.figure)) {
    const remedy = `Use one of: ${[...figures].sort().join(', ')}; or draw it in src/figures/ideas/${entry.figure}.ts`;
    report(lineOf('figure'), `There is no figure "${entry.figure}"`, remedy);
  }
}

/** A way to ask; its line is looked up only where it has to be named. */
interface Asked {
  readonly text: string;
  readonly line: () => number;
}

/**
 * Finds phrasings that stand elsewhere too, word for word.
 * @param asked where each one before stands; learns these
 */
function repeated(phrasings: readonly Asked[], file: string, asked: Map<string, string>): Fault[] {
  return phrasings.flatMap(({ text, line }) => {
    const plain = plainQuestion(text);
    const owner = asked.get(plain);
    if (owner === undefined) {
      asked.set(plain, file);
      return [];
    }
    const problem = `"${text}" is also asked in ${owner}`;
    return [{ file, line: line(), problem, remedy: 'Keep it once, for the entry that answers it best' }];
  });
}

function checkClaim(claim: Claim, tested: TestedClaims, report: (problem: string, remedy: string) => void): void {
  if (claim.unprovable !== null) return;
  if (claim.demo === null) {
    report(`Nothing tests the claim "${claim.id}"`, 'Name its demo, or say why no engine can show it (unprovable: …)');
  } else if (!tested.has(claim.demo)) {
    report(
      `The claim "${claim.id}" names the demo "${claim.demo}", which does not exist`,
      'Correct the id or write that demo',
    );
  } else if (!tested.get(claim.demo)?.includes(claim.id)) {
    report(
      `The demo "${claim.demo}" does not test the claim "${claim.id}"`,
      'Test it there, or say why no engine can show it',
    );
  }
}

function checkDemos(tested: TestedClaims, claimed: ReadonlyMap<string, string>): Fault[] {
  return [...tested].flatMap(([demo, claims]) =>
    claims
      .filter((claim) => !claimed.has(claim))
      .map((claim) => ({
        file: `src/demos/${demo}.ts`,
        line: 1,
        problem: `It tests the claim "${claim}", which no entry makes`,
        remedy: 'Correct the id, or write the claim into an entry',
      })),
  );
}
