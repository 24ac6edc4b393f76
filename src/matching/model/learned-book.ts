import type { Entry } from '../../knowledge/entry.ts';
import type { Fault } from '../../knowledge/fault.ts';
import type { Outline } from '../../knowledge/outline.ts';
import { createMatcher } from '../create-matcher.ts';
import { type LearnedModel, learnedModel } from '../learn.ts';
import type { Matcher } from '../match.ts';
import type { ModelFolder } from './model-folder.ts';
import { type Shaped, unpackSealed } from './packed.ts';

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
export const learnedBook = {
  /** Entries without their phrasings, faults and outline as JSON. */
  text: 'text',
  /** Each entry's phrasings as JSON: most of the text, and hardly ever read again. */
  phrasings: 'u8',
  phrasingCount: 'number',
  /** How long learning took, in milliseconds. */
  learnedIn: 'number',
  model: learnedModel,
} as const;

/** See `learnedBook`. */
export type LearnedBook = Shaped<typeof learnedBook>;

/** A book as read from its files. */
export interface ReadBook {
  readonly entries: readonly Entry[];
  readonly faults: readonly Fault[];
  readonly outline: Outline;
}

/** A book and its model in one piece, ready to be kept or handed to another thread. */
export interface PackedBook {
  readonly key: string;
  readonly bytes: ArrayBuffer;
}

/** A book as `LearnedBook.text` has it. */
interface BareBook extends Omit<ReadBook, 'entries'> {
  readonly entries: readonly Omit<Entry, 'phrasings'>[];
}

/** Puts a book and its model together for `openLearned`. */
export function toLearned({ entries, ...rest }: ReadBook, learnedIn: number, model: LearnedModel): LearnedBook {
  const phrasings = entries.map((entry) => entry.phrasings);
  const bare: BareBook = { ...rest, entries: entries.map(({ phrasings: _, ...entry }) => entry) };
  return {
    text: JSON.stringify(bare),
    phrasings: Buffer.from(JSON.stringify(phrasings)),
    phrasingCount: phrasings.reduce((sum, { length }) => sum + length, 0),
    learnedIn,
    model,
  };
}

/** Opens a book with its model. */
export function openLearned({ text, phrasings, phrasingCount, learnedIn, model }: LearnedBook, key: string): OpenBook {
  // What this program has written and sealed with a checksum was checked when it was read from the book's files.
  const { entries: bare, ...rest }: BareBook = JSON.parse(text);
  let read: readonly (readonly string[])[] | null = null;
  const phrasingsOf = (place: number): readonly string[] => {
    read ??= readPhrasings(phrasings);
    return read[place] ?? [];
  };
  const entries = bare.map((entry, place) => ({
    ...entry,
    get phrasings() {
      return phrasingsOf(place);
    },
  }));
  return {
    ...openRead({ ...rest, entries }),
    edition: { id: idOf(key), entries: entries.length, phrasings: phrasingCount, learnedIn },
    matcher: createMatcher(entries, model),
  };
}

function readPhrasings({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>): string[][] {
  return JSON.parse(Buffer.from(buffer, byteOffset, byteLength).toString());
}

/** Opens what was packed in this process, maybe by another thread: nothing is copied, or looked at for damage. */
export function openPacked({ key, bytes }: PackedBook): OpenBook {
  return openLearned(unpackSealed(learnedBook, bytes), key);
}

/** Opens a book that is not learned yet. @param matcher learns it when it is first asked */
export function openUnlearned(book: ReadBook, key: string, matcher: Matcher): OpenBook {
  const phrasings = book.entries.reduce((sum, entry) => sum + entry.phrasings.length, 0);
  return {
    ...openRead(book),
    edition: { id: idOf(key), entries: book.entries.length, phrasings, learnedIn: null },
    matcher,
  };
}

function openRead({ entries, faults, outline }: ReadBook): Pick<OpenBook, 'entries' | 'faults' | 'outline'> {
  return { entries: new Map(entries.map((entry) => [entry.id, entry])), faults, outline };
}

function idOf(key: string): string {
  return key.slice(0, 12);
}
