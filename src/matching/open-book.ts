import type { Entry } from '../knowledge/entry.ts';
import type { Fault } from '../knowledge/fault.ts';
import { parseBook } from '../knowledge/load-book.ts';
import { type Outline, outlineOf } from '../knowledge/outline.ts';
import { type KnowledgeFile, readKnowledge } from '../knowledge/read-knowledge.ts';
import { createMatcher } from './create-matcher.ts';
import { deferMatcher } from './deferred-matcher.ts';
import { editionKey } from './edition-key.ts';
import { learn, learnedModel } from './learn.ts';
import type { Matcher } from './match.ts';
import { keepModel, type ModelFolder, readModel } from './model-folder.ts';
import { pack, type Shaped, unpackSealed } from './packed.ts';

/** Where a book is, and where what is learned from it is kept. */
export interface BookPlace {
  /** The shipped book first, then a team's own. */
  readonly folders: readonly string[];
  /** The folder that messages name files relative to. */
  readonly root: string;
  readonly models: ModelFolder;
}

/** Which book answers. */
export interface Edition {
  /** The first digits of its key: of two books that differ in anything, so do these. */
  readonly id: string;
  readonly entries: number;
  readonly phrasings: number;
  /** How long learning it took, in milliseconds; null where it is not learned yet. */
  readonly learnedIn: number | null;
}

/** A book that can be asked: its entries, and what was learned from these very entries. */
export interface OpenBook {
  /** Entry id → entry, signposts included, in the order of their files. */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly faults: readonly Fault[];
  readonly outline: Outline;
  readonly edition: Edition;
  readonly matcher: Matcher;
}

/** What a file of a model holds: the book as read, so that it need not be parsed again, and what was learned from it. */
const learnedBook = {
  /** Entries, faults and outline as JSON. */
  text: 'text',
  /** How long learning took, in milliseconds. */
  learnedIn: 'number',
  model: learnedModel,
} as const;

/** A book as read from its files. */
interface ReadBook {
  readonly entries: readonly Entry[];
  readonly faults: readonly Fault[];
  readonly outline: Outline;
}

/**
 * Opens the book as it is at this moment: with its learned model where one is kept; else it is learned when it is first
 * asked, on this thread, and then kept.
 * @param say told on the way how far learning is
 * @throws KnowledgeUnreadable, OutlineInvalid
 */
export function openBook(place: BookPlace, say: (text: string) => void = () => undefined): OpenBook {
  const knowledge = readKnowledge(place.folders);
  const key = editionKey(knowledge, place.root);
  const kept = readModel(place.models, key, learnedBook);
  if (kept) return openLearned(kept, key);
  const { book } = readBook(knowledge, place.root);
  return {
    ...openRead(book),
    edition: editionOf(book, key, null),
    matcher: deferMatcher(() => createMatcher(book.entries, learnAndKeep(place.models, book, key, say).model)),
  };
}

/** A book and its model in one piece, ready to be kept or handed to another thread. */
export interface PackedBook {
  readonly key: string;
  readonly bytes: ArrayBuffer;
}

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
  return { key, bytes: kept ? pack(learnedBook, kept, key) : learnAndKeep(place.models, book, key, say).bytes };
}

/** Opens what `packBook` made, in another thread. Nothing is copied or learned. */
export function openPacked({ key, bytes }: PackedBook): OpenBook {
  return openLearned(unpackSealed(learnedBook, bytes), key);
}

/** @returns the book, and the entries in it that stayed since their files have become faulty */
function readBook(
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

function learnAndKeep(models: ModelFolder, book: ReadBook, key: string, say: (text: string) => void) {
  const progress = reportProgress(say, countPhrasings(book.entries));
  const started = performance.now();
  const model = learn(book.entries, progress.at);
  const learnedIn = performance.now() - started;
  const bytes = pack(learnedBook, { text: JSON.stringify(book), learnedIn, model }, key);
  progress.end(learnedIn);
  keepModel(models, key, bytes);
  return { model, bytes };
}

function openLearned({ text, learnedIn, model }: Shaped<typeof learnedBook>, key: string): OpenBook {
  // What this program has written and sealed with a checksum was checked when it was read from the book's files.
  const book: ReadBook = JSON.parse(text);
  return {
    ...openRead(book),
    edition: editionOf(book, key, learnedIn),
    matcher: createMatcher(book.entries, model),
  };
}

function openRead({ entries, faults, outline }: ReadBook): Pick<OpenBook, 'entries' | 'faults' | 'outline'> {
  return { entries: new Map(entries.map((entry) => [entry.id, entry])), faults, outline };
}

function editionOf({ entries }: ReadBook, key: string, learnedIn: number | null): Edition {
  return { id: key.slice(0, 12), entries: entries.length, phrasings: countPhrasings(entries), learnedIn };
}

function countPhrasings(entries: readonly Entry[]): number {
  return entries.reduce((sum, { phrasings }) => sum + phrasings.length, 0);
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
