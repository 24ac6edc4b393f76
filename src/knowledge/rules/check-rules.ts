import type { Entry } from '../entry.ts';
import type { Fault, Report } from '../fault.ts';
import type { LoadedBook } from '../load-book.ts';
import type { ParsedEntry } from '../parse-entry.ts';
import { checkBackups } from './check-backups.ts';
import { checkLosses } from './check-losses.ts';
import { checkSeenLists } from './check-seen-lists.ts';
import { checkShortAnswer } from './check-short-answer.ts';
import { checkExampleImages } from './example-images.ts';
import { type Passage, readSections } from './passages.ts';
import type { Rules } from './read-rules.ts';
import { checkVersionWords, type VersionSentence, versionSentences } from './version-words.ts';

const longestSinceChecked = 12;

/**
 * Checks what entries say by the rules of the book: they begin with a short answer, losses are named before the commands
 * that cause them, versions are said in the agreed words, example images come from the list.
 * @returns the faults, in the order of the files
 */
export function checkRules(book: LoadedBook, rules: Rules): Fault[] {
  return inUse(book).flatMap(({ entry, parsed }) => {
    const faults: Fault[] = [];
    const report: Report = (line, problem, remedy) => faults.push({ file: entry.file, line, problem, remedy });
    checkShortAnswer(entry.body, parsed.bodyLine, report);
    const sections = readSections(parsed.tokens(), parsed.bodyLine);
    for (const section of sections) {
      checkLosses(section, rules.destroying, report);
      checkSeenLists(section, rules.destroying, report);
    }
    checkBackups(sections.flat(), entry.body, rules.destroying, report);
    checkVersionWords([...claimsOf(entry, parsed), ...sections.flat()], rules.versions, report);
    checkExampleImages(sections.flat(), rules.images, report);
    return withoutRepeats(faults);
  });
}

/** Lists all sentences of the book that hold for some versions, stores or platforms only, in the order of the files. */
export function versionsInBook(book: LoadedBook, rules: Rules): VersionSentence[] {
  return inUse(book).flatMap(({ entry, parsed }) =>
    versionSentences(
      entry,
      [...claimsOf(entry, parsed), ...readSections(parsed.tokens(), parsed.bodyLine).flat()],
      rules.versions,
    ),
  );
}

/**
 * Names the entries whose facts nobody has checked for a year, or never. It hints, and is no fault: time alone makes no
 * entry wrong.
 * @param now the month is what counts
 */
export function staleEntries(book: LoadedBook, now: Date): Fault[] {
  return inUse(book).flatMap(({ entry, parsed }) => {
    const { file, checked } = entry;
    const remedy = 'Check it against its sources, and write the month: checked: YYYY-MM';
    if (checked === null) return [{ file, line: 1, problem: 'Nobody has written when this was last checked', remedy }];
    const months = monthsBetween(checked, now);
    if (months <= longestSinceChecked) return [];
    return [
      { file, line: parsed.lineOf('checked'), problem: `Last checked ${months} months ago, in ${checked}`, remedy },
    ];
  });
}

/** Counts the months from `YYYY-MM` to a day. */
export function monthsBetween(month: string, now: Date): number {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return (now.getUTCFullYear() - year) * 12 + now.getUTCMonth() + 1 - number;
}

function inUse(book: LoadedBook): { readonly entry: Entry; readonly parsed: ParsedEntry }[] {
  return book.files.flatMap((parsed) => {
    const { entry } = parsed;
    return entry && book.entries.get(entry.id)?.file === entry.file ? [{ entry, parsed }] : [];
  });
}

/** The claims, which surfaces show as they show a body. A title is a question, in the words of those who ask. */
function claimsOf({ claims }: Entry, { lineOf }: ParsedEntry): Passage[] {
  return claims.map(({ id, text }) => ({ kind: 'prose', text, language: '', line: lineOf('claims', id) }));
}

function withoutRepeats(faults: readonly Fault[]): Fault[] {
  const told = new Set<string>();
  return faults.filter(({ line, problem }) => {
    const key = `${line} ${problem}`;
    return !told.has(key) && told.add(key);
  });
}
