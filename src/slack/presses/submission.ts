import type { Requester } from '../people/requester.ts';

/** A modal that was sent back. */
export interface Submission {
  readonly who: Requester;
  /** What the modal remembers, as JSON; null where it remembers nothing. */
  readonly metadata: unknown;
  /** What was put in, by block and action (https://docs.slack.dev/reference/views#view-state); to be parsed. */
  readonly values: unknown;
}

/** What becomes of a modal: it closes, belongs to another version, stays open with what to correct, or says something. */
export type SubmissionAnswer =
  | 'done'
  | 'outdated'
  | { readonly errors: Readonly<Record<string, string>> }
  | { readonly notice: string };
