import type { Match } from '../matching/match.ts';

/** Something that a reader can do with a reply; surfaces show it as a button or a command. */
export type Action = { readonly type: 'run-demo'; readonly demo: string; readonly label: string } | ShowEntry;

/** An entry that a reader can open. */
export interface ShowEntry {
  readonly type: 'show-entry';
  readonly entry: string;
  /** The entry's whole title. */
  readonly label: string;
  /** What the entry answers, in a line of plain text; empty where its file does not say it in its first words. */
  readonly gist: string;
}

/** What a surface shows for a question. Surface-neutral: plain data, Markdown in the subset of the book. */
export interface Reply {
  readonly kind: 'answer' | 'choices' | 'unknown' | 'small-talk';
  readonly title: string;
  /** Written by us or by the team's entries, never by the person who asks. */
  readonly markdown: string;
  /** The part of the Markdown that stands alone, for where there is little room; all of it where none is apart. */
  readonly short: string;
  /** The rest of the Markdown; empty where there is none. */
  readonly more: string;
  readonly sources: readonly string[];
  readonly actions: readonly Action[];
  /** The entry shown, if one is. */
  readonly entry: string | null;
  /** The figure of its idea, by its id; null where it has none. */
  readonly figure: string | null;
}

/** An answered question: the match behind it and the reply. */
export interface Answer {
  readonly question: string;
  readonly match: Match;
  readonly reply: Reply;
}
