import type { Match } from '../matching/match.ts';

/** Something that a reader can do with a reply; surfaces show it as a button or a command. */
export type Action =
  | { readonly type: 'run-demo'; readonly demo: string; readonly label: string }
  | { readonly type: 'show-entry'; readonly entry: string; readonly label: string };

/** What a surface shows for a question. Surface-neutral: plain data, Markdown in the subset of the book. */
export interface Reply {
  readonly kind: 'answer' | 'choices' | 'unknown' | 'small-talk';
  readonly title: string;
  /** Written by us or by the team's entries, never by the person who asks. */
  readonly markdown: string;
  readonly sources: readonly string[];
  readonly actions: readonly Action[];
  /** The entry shown, if one is. */
  readonly entry: string | null;
}

/** An answered question: the match behind it and the reply. */
export interface Answer {
  readonly question: string;
  readonly match: Match;
  readonly reply: Reply;
}
