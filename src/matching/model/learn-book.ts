import type { Entry } from '../../knowledge/entry.ts';
import { parseBook } from '../../knowledge/load-book.ts';
import { outlineOf } from '../../knowledge/outline.ts';
import { type KnowledgeFile, readKnowledge } from '../../knowledge/read-knowledge.ts';
import { learn } from '../learn.ts';
import { editionKey } from './edition-key.ts';
import { type BookPlace, learnedBook, type PackedBook, type ReadBook, toLearned } from './learned-book.ts';
import { keepModel, type ModelFolder, readModel } from './model-folder.ts';
import { pack } from './packed.ts';

/**
 * Reads the book as it is at this moment; where no model of it is kept, learns it and keeps that.
 * @param say told on the way how far learning is
 * @param lastGood the entries in use until now: of a file that has become faulty its entry stays
 * @throws KnowledgeUnreadable, OutlineInvalid
 */
export function packBook(
  place: BookPlace,
  say: (text: string) => void = () => undefined,
  lastGood: Iterable<Entry> = [],
): PackedBook {
  const knowledge = readKnowledge(place.folders);
  const { book, stayed } = readBook(knowledge, place.root, lastGood);
  const key = editionKey(knowledge, place.root, stayed);
  const kept = readModel(place.models, key, learnedBook);
  return kept ? { key, bytes: pack(learnedBook, kept, key) } : learnAndKeep(place.models, book, key, say);
}

/**
 * Reads a book from its files.
 * @returns the book, and the entries in it that stayed since their files have become faulty
 * @throws OutlineInvalid
 */
export function readBook(
  knowledge: readonly KnowledgeFile[],
  root: string,
  lastGood: Iterable<Entry> = [],
): { book: ReadBook; stayed: Entry[] } {
  const outline = outlineOf(knowledge);
  const { entries, faults, files } = parseBook(knowledge, root, lastGood);
  const sound = new Set(files.map(({ entry }) => entry?.file));
  const book = { entries: [...entries.values()], faults, outline };
  return { book, stayed: book.entries.filter(({ file }) => !sound.has(file)) };
}

/**
 * Learns a book, and keeps what it learned.
 * @param say told on the way how far learning is
 */
export function learnAndKeep(
  models: ModelFolder,
  book: ReadBook,
  key: string,
  say: (text: string) => void,
): PackedBook {
  const progress = reportProgress(
    say,
    book.entries.reduce((sum, { phrasings }) => sum + phrasings.length, 0),
  );
  const started = performance.now();
  const model = learn(book.entries, progress.at);
  const learnedIn = performance.now() - started;
  const bytes = pack(learnedBook, toLearned(book, learnedIn, model), key);
  progress.end(learnedIn);
  keepModel(models, key, bytes);
  return { key, bytes };
}

/** Says how far learning is, on one line that grows. */
function reportProgress(say: (text: string) => void, phrasings: number) {
  const step = 0.2;
  let next = step;
  say(`Learning the book from ${phrasings.toLocaleString('en')} phrasings, once until it changes …`);
  return {
    at(share: number): void {
      if (share < next || share >= 1) return;
      next += step;
      say(` ${Math.round(100 * share)} %`);
    },
    end: (milliseconds: number): void => say(` done in ${(milliseconds / 1000).toFixed(1)} s.\n`),
  };
}
