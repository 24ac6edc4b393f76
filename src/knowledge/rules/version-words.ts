import type { Entry } from '../entry.ts';
import type { Report } from '../fault.ts';
import { type Passage, sentencesOf } from './passages.ts';
import type { VersionRules } from './read-rules.ts';

/** A sentence that holds for some versions, stores or platforms only. */
export interface VersionSentence {
  /** The words that say for which, as they stand there, such as "since Engine 23". */
  readonly phrase: string;
  readonly file: string;
  readonly line: number;
  readonly sentence: string;
}

/** Checks that prose says in the agreed words for which versions, stores and platforms something holds. */
export function checkVersionWords(prose: readonly Passage[], { variants }: VersionRules, report: Report): void {
  for (const { line, sentence } of sentencesIn(prose)) {
    for (const { find, unless, say } of variants) {
      const found = find.exec(withoutCode(sentence))?.[0].trim();
      if (found === undefined || unless?.test(sentence)) continue;
      report(line, `"${found}" says otherwise what has a word of its own`, `Say: ${say}; see docs/writing-entries.md`);
    }
  }
}

/**
 * Lists the sentences of an entry that hold for some versions, stores or platforms only.
 * @returns one for each phrase in each sentence, in reading order
 */
export function versionSentences(
  { file }: Pick<Entry, 'file'>,
  prose: readonly Passage[],
  { phrases }: VersionRules,
): VersionSentence[] {
  return sentencesIn(prose).flatMap(({ line, sentence }) =>
    phrases.flatMap(({ find, say }) => {
      const found = find.exec(withoutCode(sentence))?.[0];
      if (found === undefined) return [];
      // A number belongs to the heading, the rest is the phrase that the table gives.
      const phrase =
        /\d+(\.\d+)?$/.test(found) && / N\b/.test(say) ? found.toLowerCase().slice(0, 1) + found.slice(1) : say;
      return [{ phrase, file, line, sentence }];
    }),
  );
}

function sentencesIn(prose: readonly Passage[]): { readonly line: number; readonly sentence: string }[] {
  return prose
    .filter(({ kind }) => kind !== 'code')
    .flatMap(({ text, line }) => sentencesOf(text).map((sentence) => ({ line, sentence })));
}

function withoutCode(sentence: string): string {
  return sentence.replace(/`+[^`]*`+/g, (code) => (/^`[a-z]+`$/.test(code) ? code.slice(1, -1) : '…'));
}
