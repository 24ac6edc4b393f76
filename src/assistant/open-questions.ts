import type { DigestClaim } from '../store/digests.ts';
import type { Gap } from '../store/gaps.ts';

import type { Asking } from './conversations.ts';

export type { DigestClaim };

/** Questions that ask the same, which the book could not answer or answered badly. Plain data; `gaps --json` prints it. */
export interface GapCluster {
  /** Names the group: one of its questions. */
  readonly id: string;
  /** The wording that was asked most. */
  readonly question: string;
  /** The other wordings, most asked first. */
  readonly others: readonly string[];
  /** How often it was asked. */
  readonly asked: number;
  /** How many people asked it. */
  readonly people: number;
  /** How often a person was asked instead. */
  readonly escalated: number;
  /** How the questions ended, and how often: `unknown`, `no-choice`, `voted-down`, `escalated`. */
  readonly kinds: Readonly<Partial<Record<Gap['kind'], number>>>;
  /** What was wrong with the answers that were voted down, in the voters' words. */
  readonly reasons: readonly string[];
  /** What people answered who were asked instead, as they wrote it. */
  readonly answers: readonly string[];
  /** The entries that came nearest, most often named first. */
  readonly nearest: readonly string[];
  /** Where the questions stand that a person was asked, for those who may see them. */
  readonly permalinks: readonly string[];
  /** Where it was asked last, up to three places, latest first; the event tells the message apart within its place. */
  readonly places: readonly Omit<Asking, 'person'>[];
  /** When it was asked last, in milliseconds since 1970. */
  readonly lastAt: number;
}

/** Which gaps to report. */
export interface GapScope {
  /** Null for those of all teams. */
  readonly team: string | null;
  /** Both in milliseconds since 1970. */
  readonly since: number;
  readonly now: number;
}

/** A group that needs no answer, as it was shown. */
export interface DismissedGroup {
  /** Its id. */
  readonly id: string;
  /** When it was asked last, in milliseconds since 1970: what was asked later was not shown. */
  readonly until: number;
  /** Who says so. */
  readonly by: string;
}

/** A file for an entry that has yet to be written. */
export interface EntryDraft {
  /** The entry's id; the file's name is `<id>.md`. */
  readonly id: string;
  readonly text: string;
}

/** What a team left open since its last report. */
export interface WeeklyReport {
  readonly week: number;
  /** Both in milliseconds since 1970. */
  readonly since: number;
  readonly now: number;
  readonly clusters: readonly GapCluster[];
}

/** How a surface posts weekly reports. */
export interface ReportWay {
  /**
   * Looks whether the report of a process that died was posted.
   * @param from and until: milliseconds since 1970, between which it would have been
   * @returns null where nobody can tell
   */
  find(claim: DigestClaim, from: number, until: number): Promise<boolean | null>;
  /** Posts the report; not called where nothing was left open. */
  post(report: WeeklyReport): Promise<void>;
}

/** What the book lacks, and who is told of it. Each throws StoreUnavailable. */
export interface OpenQuestions {
  /** Groups what was left open: those that a person was asked first, then the most asked. */
  report(scope: GapScope): Promise<readonly GapCluster[]>;
  /**
   * Says that a group needs no answer: it is reported no more, unless a person is asked, or it is asked in other words.
   * @returns how many questions were left out
   */
  dismiss(scope: GapScope & { readonly team: string }, group: DismissedGroup): Promise<number>;
  /** A draft of an entry for each group of questions, ready to fill in. */
  draft(clusters: readonly GapCluster[]): Promise<readonly EntryDraft[]>;
  /**
   * Posts a team's weekly report, exactly once a week across all processes. It goes back to the report before, so that
   * weeks in which nothing ran are made up for. A time in which nothing was left open has no report.
   * @param now milliseconds since 1970
   * @returns whether it was posted
   * @throws what `way` throws; then the next call tries again
   */
  postWeekly(team: string, now: number, way: ReportWay): Promise<boolean>;
}
