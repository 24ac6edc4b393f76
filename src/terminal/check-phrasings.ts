import { basename } from 'node:path';
import { formatFault } from '../knowledge/fault.ts';
import { type LoadedBook, parseBook } from '../knowledge/load-book.ts';
import { readKnowledge } from '../knowledge/read-knowledge.ts';
import { askLeftOut, type LeftOut, leftOutParts } from '../matching/ask-left-out.ts';
import type { BookPlace } from '../matching/model/learned-book.ts';
import { formatHint } from './check-command.ts';
import { exitCode, type Terminal } from './terminal.ts';

const remedy = 'Ask in more ways, say what sets the entry apart, or move what belongs here from there';
const mostWinners = 4;

/**
 * Tells how one entry fares: each of its phrasings asked of a book that has not learned it. Those that another entry or
 * signpost would win are hints.
 * @param wanted the entry's id, or its file or that of its phrasings
 * @returns 0 if the entry's files have no fault, else 1; 2 where there is no such entry
 * @throws KnowledgeUnreadable
 */
export function checkEntry(place: Pick<BookPlace, 'folders' | 'root'>, wanted: string, terminal: Terminal): number {
  const book = parseBook(readKnowledge(place.folders), place.root);
  const id = basename(basename(wanted, '.md'), '.txt');
  const entry = book.entries.get(id);
  const own = book.faults.filter(({ file }) => basename(basename(file, '.md'), '.txt') === id);
  for (const fault of own) terminal.out.write(`${formatFault(fault)}\n`);
  if (!entry) {
    if (own.length > 0) return exitCode.negative;
    terminal.err.write(`There is no entry "${id}". Name an id, or a file such as knowledge/lifecycle/keep-data.md\n`);
    return exitCode.usage;
  }
  const asked = ask(book, new Set([id]), terminal);
  const placeOf = places(book, id, entry.file);
  for (const { phrasing, winner } of asked) {
    if (winner === null) continue;
    const problem = `"${phrasing}", left out, would lead to ${nameOf(book, winner)}`;
    terminal.out.write(formatHint({ ...placeOf(phrasing), problem, remedy }));
  }
  terminal.out.write(`${id}: ${summary(asked)}.\n`);
  return own.length > 0 ? exitCode.negative : exitCode.fine;
}

/**
 * Tells how the phrasings of all entries fare, one line an entry, the entry that loses most first.
 * @returns 0
 * @throws KnowledgeUnreadable
 */
export function checkPhrasings(place: Pick<BookPlace, 'folders' | 'root'>, terminal: Terminal): number {
  const book = parseBook(readKnowledge(place.folders), place.root);
  const asked = ask(book, new Set(book.entries.keys()), terminal);
  const byEntry = [...Map.groupBy(asked, ({ entry }) => entry)].sort(([, a], [, b]) => shareLost(b) - shareLost(a));
  for (const [id, ends] of byEntry) terminal.out.write(`${id}: ${summary(ends)}${lostTo(book, ends)}.\n`);
  terminal.out.write(`${terminal.style.bold('All')}: ${summary(asked)}. ${remedy}.\n`);
  return exitCode.fine;
}

function ask(book: LoadedBook, ids: ReadonlySet<string>, terminal: Terminal): LeftOut[] {
  terminal.err.write(`Learning the book ${leftOutParts} times, each time without a part of the phrasings …`);
  const asked = askLeftOut([...book.entries.values()], ids, (done) => terminal.err.write(` ${done}`));
  terminal.err.write('\n');
  return asked;
}

function summary(asked: readonly LeftOut[]): string {
  const count = (end: LeftOut['end']): number => asked.filter((each) => each.end === end).length;
  return `of ${asked.length} phrasings, left out, ${count('led')} lead here, ${count('offered')} offer it, ${count('lost')} lead elsewhere, ${count('unknown')} nowhere`;
}

function shareLost(asked: readonly LeftOut[]): number {
  return asked.filter(({ end }) => end === 'lost').length / asked.length;
}

function lostTo(book: LoadedBook, asked: readonly LeftOut[]): string {
  const winners = [...Map.groupBy(asked, ({ winner }) => winner)].flatMap(([winner, lost]) =>
    winner === null ? [] : [{ winner, count: lost.length }],
  );
  if (winners.length === 0) return '';
  const most = winners.sort((a, b) => b.count - a.count).slice(0, mostWinners);
  return ` (${most.map(({ winner, count }) => `${count} to ${nameOf(book, winner)}`).join(', ')})`;
}

function nameOf(book: LoadedBook, id: string): string {
  return book.entries.get(id)?.signpost ? `the signpost ${id}` : id;
}

/** Finds the file and line on which a phrasing of an entry stands. */
function places(book: LoadedBook, id: string, entryFile: string): (text: string) => { file: string; line: number } {
  const parsed = book.files.find(({ entry }) => entry?.file === entryFile);
  const found = new Map<string, { file: string; line: number }>();
  for (const { id: of, file, phrasings } of book.phrasingFiles)
    if (of === id) for (const { text, line } of phrasings) found.set(text, { file, line });
  for (const [index, text] of (parsed?.entry?.asks ?? []).entries())
    found.set(text, { file: entryFile, line: parsed?.lineOf('asks', index) ?? 1 });
  return (text) => found.get(text) ?? { file: entryFile, line: 1 };
}
