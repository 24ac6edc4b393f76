import type { PostedAnswer } from '../store/answers.ts';
import type { ThreadKey, Viewer } from '../store/threads.ts';
import type { Answer } from './reply.ts';

export type { PostedAnswer, ThreadKey, Viewer };

/** Where a question was asked, and by whom. */
export interface Asking {
  readonly team: string;
  readonly place: string;
  readonly person: string;
  /** What tells the question apart within its place. */
  readonly event: string;
}

/** Which message asked. */
export interface QuestionKey {
  readonly team: string;
  readonly channel: string;
  /** The message's timestamp. */
  readonly ts: string;
}

/** A message in a conversation. */
export interface MessageKey {
  readonly team: string;
  readonly channel: string;
  /** The message's timestamp. */
  readonly message: string;
}

/** What a thread in which a question was answered was about, and who is in it. */
export interface RememberedThread {
  /** The entry shown last; null where the last reply showed none. */
  readonly entry: string | null;
  readonly people: readonly string[];
  /** Whether it is known that everybody in the workspace may read it. */
  readonly isPublic: boolean;
}

/** What was said, as far as it is remembered. */
export type Said = Pick<Answer, 'question' | 'reply'>;

/** An answer that is out, with what it is remembered by. */
export interface AnswerOut extends ThreadKey, QuestionKey {
  /** Who asked. */
  readonly user: string;
  readonly text: string;
  /** Null where it shows no answer, as for a question that cannot be asked. */
  readonly answer: Said | null;
  /** The timestamps of the messages that answered, in order. */
  readonly messages: readonly string[];
  /** When it was first answered, in milliseconds since 1970. */
  readonly at: number;
  /** The entry shown before, which the question may go on from. */
  readonly previous: string | null;
  /** Who is in the conversation from now on; null leaves it as it is. */
  readonly people: readonly string[] | null;
}

/** What is remembered of questions and answers in threads. Every method that waits throws StoreUnavailable. */
export interface Conversations {
  /** What is remembered of a thread; null where nothing was answered in it. */
  recall(thread: ThreadKey): Promise<RememberedThread | null>;
  /**
   * The entry that was shown last to somebody in a place, whatever thread it was in, within some minutes: what somebody
   * writes there next may go on from it. Null where there is none.
   */
  shownLast(asked: Pick<Asking, 'team' | 'place' | 'person'>): Promise<string | null>;
  /** Notes who wrote in a thread or was spoken to, beside those who are known. */
  addPeople(thread: ThreadKey, known: readonly string[], people: readonly string[]): Promise<void>;
  /** Notes whether everybody in the workspace may read a thread. */
  setPublic(thread: ThreadKey, isPublic: boolean): Promise<void>;
  /** Notes that an entry was shown, which the next question may go on from. */
  noteShown(thread: ThreadKey, entry: string, asker: string): Promise<void>;
  /**
   * Keeps what an answer is remembered by, in one go: which messages answered, what the thread is about, and what the
   * book lacks.
   */
  keepAnswer(answer: AnswerOut): Promise<void>;
  /** Keeps what the book could not answer, of an answer that nobody else saw. */
  noteAnswered(answer: Said, asking: Asking): Promise<void>;
  /** Forgets that a question was left open, since one of its choices was taken. */
  noteChosen(question: Omit<Asking, 'person'>): Promise<void>;
  /**
   * The answer that is to follow an edit of its question: within some minutes, and only where the words have changed.
   * @param text the question as it is now
   * @returns null where none is
   */
  edited(question: QuestionKey, text: string): Promise<PostedAnswer | null>;
  /** Whether a question as it is now is none any more: nothing is left of it, or it is taken back in words. */
  isTakenBack(question: string): boolean;
  /** Notes of a message that it is to go with the question that another message asks, answers or is attached to, if one. */
  attach(to: MessageKey, attached: string): Promise<void>;
  /** Keeps which message came of a wish, which is no answer: it goes where the wish goes. */
  keepDone(wish: QuestionKey & { readonly user: string; readonly text: string }, message: string): Promise<void>;
  /** The answer that is to go with its question; null where none is. */
  deleted(question: QuestionKey): Promise<PostedAnswer | null>;
  /**
   * Forgets an answer and takes it away. Of several who want to, one does; where that fails it can be tried again.
   * @throws what `remove` throws
   */
  withdraw(answer: PostedAnswer, remove: () => Promise<void>): Promise<void>;
  /** Entries that were shown lately to somebody, or where they may know of it, latest first, each once. */
  askedLately(team: string, viewer: Viewer): Promise<readonly string[]>;
  /**
   * Whether an answer may be given that nobody asked for by name.
   * @param previous the entry shown before
   */
  isSureFollowUp(answer: Said, previous: string | null): boolean;
}
