import type { Evidence } from './evidence.ts';
import type { Judgement } from './judges.ts';

/** How sure a match is: one entry, up to three too close to call, or none. */
export type Outcome = 'answer' | 'choices' | 'unknown';

/** Small talk that gets a short human reply instead of a search. */
export type SmallTalk = 'greeting' | 'thanks' | 'help';

/** Why a match came out as it did, for `ask --explain`. */
export interface Explanation {
  /** The question's terms as the index knows them, with what each added to the first candidate's cover. */
  readonly terms: readonly { readonly term: string; readonly known: boolean; readonly weight: number }[];
  /** The best entries, best first, with what they are ranked by and what that is made of; all 0 to 1. */
  readonly ranking: readonly RankedEntry[];
  /** What told how sure the first candidate is; empty where nothing was weighed. */
  readonly evidence: readonly WeighedEvidence[];
  /** The decision in words. */
  readonly reason: string;
}

/** One line of an explained ranking: what each judge says of an entry. */
export interface RankedEntry extends Judgement {
  readonly entry: string;
  /**
   * What it is ranked by: its topic's share beside the other topics, if it were the topic's best entry. So the shares of
   * the best entries of all topics add up to 1, those of entries on one topic do not.
   */
  readonly topicShare: number;
}

/** A piece of evidence, and what it added to the log odds of both decisions. */
export interface WeighedEvidence {
  readonly name: keyof Evidence;
  readonly value: number;
  /** For the first candidate being right. */
  readonly firstIsRight: number;
  /** For the book holding the answer at all. */
  readonly isInBook: number;
}

/** The outcome of a question. */
export interface Match {
  readonly outcome: Outcome;
  /** The entry that answers, where the outcome is `answer`. */
  readonly entry: string | null;
  /** How sure the matcher is that the first candidate is right, 0 to 1. */
  readonly confidence: number;
  /** Up to three entries, best first, where the outcome is `choices`. */
  readonly choices: readonly string[];
  /** The nearest entries, best first, where the outcome is `unknown`. */
  readonly nearest: readonly string[];
  /** The signpost that recognises a question outside the book: with `unknown`, or beside `choices` where that is not sure. */
  readonly signpost: string | null;
  readonly smallTalk: SmallTalk | null;
  readonly explanation: Explanation;
}

/** Finds the entry for a question. Deterministic: the same book and question give the same match. */
export interface Matcher {
  match(question: string): Match;
  /**
   * Matches a question that may go on from an entry, such as "and with compose down?". What stands for itself is matched
   * alone; else the entry's title is the context, and counts if the match is then sure and speaks of what the question
   * itself says.
   * What is not sure then is read with what that entry is about in the place of "it".
   * @param previous the id of the entry shown before
   */
  matchFollowUp(question: string, previous: string): Match;
  /** What a question says, as questions are compared: its words and their groups, with what each is worth here. */
  terms(question: string): readonly WeighedTerm[];
}

/** A term of a question, and what it is worth: rare ones more. */
export interface WeighedTerm {
  readonly text: string;
  readonly worth: number;
}
