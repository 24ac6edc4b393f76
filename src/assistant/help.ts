import type { HelpMessage, HelpRow } from '../store/help-requests.ts';
import type { Asking } from './conversations.ts';

export type { HelpMessage };

/** How far a question has come that was passed on to a person. */
export type HelpState =
  | { readonly type: 'open' }
  | { readonly type: 'taken'; readonly by: string }
  /** The text is null where it was answered elsewhere. */
  | { readonly type: 'answered'; readonly by: string; readonly text: string | null };

/** A question that was passed on to a person. Plain data; people and places are ids. */
export interface HelpRequest extends Pick<HelpRow, 'id' | 'team' | 'question' | 'asker' | 'passedBy' | 'permalink'> {
  /** The entry that was shown and did not help; null where the book had no answer. */
  readonly shown: string | null;
  /** The entries that came nearest, where the book had no answer. */
  readonly nearest: readonly string[];
  /** What was wrong with the answer, in the voters' words. */
  readonly reasons: readonly { readonly person: string; readonly reason: string }[];
  readonly state: HelpState;
  /** Where the answer goes; a person stands for the conversation with them. */
  readonly reply: { readonly channel: string; readonly thread: string | null };
  /** The message that asks; null before it is posted. */
  readonly asked: HelpMessage | null;
  /** The message that tells whoever asked how far it has come; null where there is none. */
  readonly notice: HelpMessage | null;
}

/** Asks that a question be passed on. */
export interface HelpWish {
  /** Who asks for it; the event is that of the question, or the answer that did not help. */
  readonly asking: Asking;
  /** The question as far as it is known here; the whole one is kept. */
  readonly question: string;
  /** The entry that was shown, if one was. */
  readonly entry: string | null;
  /** Where it is asked for. */
  readonly thread: string | null;
  /** Whether only whoever asks for it sees that place. */
  readonly hidden: boolean;
  readonly permalink: string | null;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What became of a wish: only where it was passed on was anything done. */
export type HelpOutcome =
  | { readonly type: 'passed'; readonly request: HelpRequest }
  | { readonly type: 'before' | 'too-often' };

/** Questions for people. Every method throws StoreUnavailable. */
export interface Help {
  /**
   * Passes a question on to a person, once, and not too often for who asks.
   * @param pass does it. @returns the message that asks
   * @throws what `pass` throws; then it can be tried again
   */
  ask(wish: HelpWish, pass: (request: HelpRequest) => Promise<HelpMessage>): Promise<HelpOutcome>;
  /** One request; null if the team has none of that id. */
  find(team: string, id: string): Promise<HelpRequest | null>;
  /** The request for a question, or an answer, by its message; null where nobody was asked. */
  findFor(team: string, place: string, event: string): Promise<HelpRequest | null>;
  /** Keeps which message asks, where whoever passed it on could not. */
  noteAsked(team: string, id: string, message: HelpMessage): Promise<void>;
  /** Keeps which message tells whoever asked how far it has come. */
  noteNotice(team: string, id: string, message: HelpMessage): Promise<void>;
  /** Gives a request to a person. @returns false where somebody has it, or it is answered */
  take(team: string, id: string, person: string): Promise<boolean>;
  /** Takes it from the person who has it. @returns false where they have it no more */
  giveBack(team: string, id: string, person: string): Promise<boolean>;
  /**
   * Keeps an answer, the first one only; it is told with the gap, and in its draft.
   * @param text empty where it was answered elsewhere
   * @returns false where there is one
   */
  answer(team: string, id: string, person: string, text: string): Promise<boolean>;
  /**
   * Forgets a request whose question was taken back, and that the book lacks it; one that was answered stays.
   * @returns it as it was, for whoever shows it; null where there is none
   */
  takeBack(team: string, place: string, event: string): Promise<HelpRequest | null>;
  /** Answered requests of which whoever asked was not told yet. */
  untold(team: string): Promise<readonly HelpRequest[]>;
  /** Keeps that whoever asked was told the answer. */
  noteTold(team: string, id: string): Promise<void>;
}
