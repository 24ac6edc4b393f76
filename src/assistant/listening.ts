import type { Answer, Reply } from './reply.ts';
import type { Pick, Wish } from './wish.ts';

export type { Pick, Wish };

/** What was said before a message, as far as a surface knows it. Nothing, for one that begins a conversation. */
export interface Talk {
  /** The entry shown last; null where none was. */
  readonly entry: string | null;
  /** The entries that the last reply offered beside it, or to choose from, in the order in which they were shown. */
  readonly offered: readonly string[];
  /** What people wrote in the conversation before, oldest first; asked for only where the message leans on it. */
  readonly earlier: () => Promise<readonly string[]>;
}

/** What a message means, and so what a surface does with it. */
export type Heard =
  /** It asks: show the answer, which is to what `question` says, of the message or of what was written before. */
  | { readonly type: 'answer'; readonly answer: Answer }
  /**
   * It wishes to read something, or lacks what it needs: show the reply. `choices` are those of which it took one, which
   * the next pick counts from too; none where it took none.
   */
  | { readonly type: 'show'; readonly reply: Reply; readonly choices?: readonly string[] }
  /** It wishes the rest of the answer before: show the reply whole. */
  | { readonly type: 'more'; readonly reply: Reply }
  | { readonly type: 'run'; readonly demo: string; readonly stepByStep: boolean }
  | { readonly type: 'predict'; readonly demo: string }
  /** The answer before is to be shown to others. */
  | { readonly type: 'share' }
  /** The runs of whoever wrote it are to end. */
  | { readonly type: 'stop' }
  /** A list is wished: the book by chapter, or the demos. */
  | { readonly type: 'topics' | 'demos' };

/** Understands messages against what was said before. */
export interface Listening {
  /**
   * Reads a message: a wish such as "run it", a question, or one that leans on what was written before ("any idea?").
   * @throws AssistantError `empty-question` or `question-too-long`; what `earlier` throws
   */
  listen(text: string, talk: Talk): Promise<Heard>;
  /**
   * What to tell somebody alone who may have asked something, where no answer is sure: the nearest questions, and what
   * can be said. It is for them only.
   * @returns null where they asked nothing, as with "ok" or "more coffee?"
   */
  hint(answer: Answer): Reply | null;
}
