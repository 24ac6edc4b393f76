import { createHash } from 'node:crypto';
import type { Entry } from '../knowledge/entry.ts';
import type { LoadedBook } from '../knowledge/load-book.ts';
import { type ParsedEntry, parseEntry, recallEntry } from '../knowledge/parse-entry.ts';
import { workKey } from '../matching/model/edition-key.ts';
import { keepModel, type ModelFolder, readModel } from '../matching/model/model-folder.ts';
import { pack } from '../matching/model/packed.ts';

/** Entry files that had no fault when they were checked. Those with one are not remembered: they are checked each time. */
export interface SoundFiles {
  /** Reads an entry's file, or recalls it where it was sound as it stands now. */
  readonly read: typeof parseEntry;
  /** Whether a file was recalled, so that by itself it needs no check. */
  readonly recalled: (parsed: ParsedEntry) => boolean;
  /** Remembers which files of a book are sound. @param faulty files with a fault by the rules */
  readonly keep: (book: LoadedBook, faulty: ReadonlySet<string>) => void;
}

const remembered = { text: 'text' } as const;

interface SoundFile {
  readonly entry: Entry;
  readonly bodyLine: number;
}

/**
 * Opens what was found sound before, by these very rules and this very code.
 * @param rules the files of the rules as they are written
 */
export function openSoundFiles({ path }: ModelFolder, rules: readonly string[]): SoundFiles {
  // Where nothing can be remembered all files are checked, which takes a moment longer and nobody need be told.
  const folder: ModelFolder = { path, tell: () => undefined };
  const key = workKey(rules);
  const kept = readModel(folder, key, remembered);
  // What this program has written and sealed with a checksum was checked when it was read from its file.
  const before = new Map<string, SoundFile>(kept === null ? [] : JSON.parse(kept.text));
  const prints = new Map<ParsedEntry, string>();
  const recalled = new Set<ParsedEntry>();
  return {
    read(file, text) {
      const print = fingerprint(file, text);
      const known = before.get(print);
      const parsed = known ? recallEntry(text, known) : parseEntry(file, text);
      prints.set(parsed, print);
      if (known) recalled.add(parsed);
      return parsed;
    },
    recalled: (parsed) => recalled.has(parsed),
    keep(book, faulty) {
      const sound = book.files.flatMap((parsed): [string, SoundFile][] => {
        const { entry, faults, bodyLine } = parsed;
        const print = prints.get(parsed);
        if (!entry || print === undefined || faults.length > 0 || faulty.has(entry.file)) return [];
        // Rules are not read against an entry that another of its id keeps out of the book.
        return book.entries.get(entry.id)?.file === entry.file ? [[print, { entry, bodyLine }]] : [];
      });
      if (sound.length === before.size && sound.every(([print]) => before.has(print))) return;
      keepModel(folder, key, pack(remembered, { text: JSON.stringify(sound) }, key));
    },
  };
}

function fingerprint(file: string, text: string): string {
  return createHash('sha256').update(`${file.length}:${file}`).update(text).digest('hex');
}
