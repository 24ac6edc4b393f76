import { packBook } from '../matching/model/learn-book.ts';
import { type BookPlace, openPacked } from '../matching/model/learned-book.ts';
import { openBook } from '../matching/model/open-book.ts';
import { describeEdition } from './describe-edition.ts';
import { exitCode, type Terminal } from './terminal.ts';

/**
 * Learns the book and keeps what it learned, unless that is there already; then says which book is in force.
 * @returns 0
 * @throws KnowledgeUnreadable, OutlineInvalid
 */
export async function learnBook(place: BookPlace, terminal: Terminal): Promise<number> {
  const before = (await openBook(place)).edition;
  const { edition } =
    before.learnedIn === null ? openPacked(packBook(place, (text) => terminal.err.write(text))) : { edition: before };
  terminal.out.write(`The book in force: ${describeEdition(edition)}.\n`);
  return exitCode.fine;
}
