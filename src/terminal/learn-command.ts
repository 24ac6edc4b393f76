import { type BookPlace, openBook, openPacked, packBook } from '../matching/open-book.ts';
import { describeEdition } from './describe-edition.ts';
import { exitCode, type Terminal } from './terminal.ts';

/**
 * Learns the book and keeps what it learned, unless that is there already; then says which book is in force.
 * @returns 0
 * @throws KnowledgeUnreadable, OutlineInvalid
 */
export function learnBook(place: BookPlace, terminal: Terminal): number {
  const before = openBook(place).edition;
  const { edition } =
    before.learnedIn === null ? openPacked(packBook(place, (text) => terminal.err.write(text))) : { edition: before };
  terminal.out.write(`The book in force: ${describeEdition(edition)}.\n`);
  return exitCode.fine;
}
