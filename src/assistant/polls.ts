import type { Guess, LeftPoll, OpenPoll, Prediction, PredictionTotals, Tally } from '../store/predictions.ts';

export type { Guess, LeftPoll, OpenPoll, Prediction, PredictionTotals, Tally };

/** Which poll: one showing of a demo's question. */
export interface PollKey {
  readonly team: string;
  readonly poll: string;
}

/** What people guess before demos run: one guess a person and poll. Each throws StoreUnavailable. */
export interface Polls {
  /** Keeps that a poll was opened. @param at milliseconds since 1970 */
  open(poll: PollKey & OpenPoll & { readonly at: number }): Promise<void>;
  /** A poll that was opened; null where none of that name was. */
  find(poll: PollKey): Promise<OpenPoll | null>;
  /** Keeps a guess; a later one replaces it until the poll is closed. @returns false if the poll is closed */
  guess(guess: Prediction): Promise<boolean>;
  /** How a poll stands. */
  tally(poll: PollKey): Promise<Tally>;
  /** Closes a poll with the right option of its demo, once; its guesses then stay. */
  close(poll: PollKey, demo: string, right: number): Promise<void>;
  /**
   * Takes some guesses of a closed poll of which nobody was told yet, each once, so that whoever takes them tells.
   * @returns none where everybody was told, or while the poll is open
   */
  takeUntold(poll: PollKey): Promise<readonly Guess[]>;
  /** The polls of the last day that an earlier process left before their end. */
  left(): Promise<readonly LeftPoll[]>;
  /** Lets anybody run a poll from now on. */
  openToAll(poll: PollKey): Promise<void>;
  /**
   * Keeps the guess of somebody who sits alone before a demo that showed which option is right.
   * @returns how the guesses at this demo add up
   */
  guessAlone(guess: Omit<Prediction, 'poll' | 'at'> & { readonly right: number }): Promise<PredictionTotals>;
}
