/**
 * Something that a message asks to be done, beside being answered. `run` runs the demo that is spoken of, or the one of
 * that id; `pick` takes one of several entries that were offered.
 */
export type Wish =
  | { readonly type: 'run'; readonly demo: string | null; readonly stepByStep: boolean }
  | { readonly type: 'predict'; readonly demo: string | null }
  | { readonly type: 'pick'; readonly which: Pick }
  | { readonly type: 'again' | 'stop' | 'more' | 'why' | 'topics' | 'demos' | 'share' };

/** Which of what was offered: its place from 1, the last, or the one that was not shown. */
export type Pick = number | 'last' | 'other';
