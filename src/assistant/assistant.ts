import type { DemoEvent, PredictionQuestion } from '../demos/catalogue/demo.ts';
import type { RunMessage, RunRecord } from '../store/runs.ts';
import type { Conversations } from './conversations.ts';
import type { Help } from './help.ts';
import type { Layers } from './layers.ts';
import type { Listening } from './listening.ts';
import type { OpenQuestions } from './open-questions.ts';
import type { Person, Place } from './person.ts';
import type { Pictures } from './pictures.ts';
import type { Polls } from './polls.ts';
import type { Answer, Reply } from './reply.ts';
import type { Report } from './report.ts';
import type { RunDetails } from './run-details.ts';
import type { Settings } from './team-settings.ts';
import type { Voting } from './votes.ts';

export type { Person, Place, RunMessage, RunRecord };

/** A demo as menus list it. */
export interface DemoSummary {
  readonly id: string;
  readonly title: string;
  readonly question: PredictionQuestion;
  /** Titles of its steps, in order. */
  readonly steps: readonly string[];
  readonly claims: readonly string[];
}

/** An entry as menus list it. */
export interface EntrySummary {
  readonly id: string;
  readonly title: string;
  readonly chapter: string;
  readonly topic: string | null;
  readonly demo: string | null;
}

/** A chapter of the book with its entries, signposts left out. */
export interface ChapterSummary {
  readonly id: string;
  readonly title: string;
  readonly entries: readonly EntrySummary[];
}

/** What a demo run tells, in order: its place in the queue while it waits, the start, its events, the report. */
export type RunEvent =
  | { readonly type: 'queued'; readonly runId: string; readonly position: number }
  | { readonly type: 'started'; readonly runId: string; readonly demo: DemoSummary }
  | DemoEvent
  | { readonly type: 'finished'; readonly report: Report };

/** Waits for leave to take a step; the signal is aborted when it has waited long enough. */
export type BeforeStep = (index: number, title: string, signal: AbortSignal) => Promise<void>;

/** A request to run a demo. Aborting the signal stops the run, in the queue or in the middle of a step. */
export interface RunRequest {
  readonly demo: string;
  readonly who: Person;
  readonly where: Place;
  readonly signal: AbortSignal;
  /** Hears the run's id as soon as it is on record, which is before its first event. */
  readonly onRecord?: (runId: string) => void;
  /** Where given, each step waits until this resolves (step by step), all steps together at most `longestPause`. */
  readonly beforeStep?: BeforeStep;
}

/** A run that broke off because its process ended. */
export interface InterruptedRun {
  readonly team: string;
  readonly demo: DemoSummary;
  /** The message that shows it; null where none does. */
  readonly message: RunMessage | null;
}

/** Questions and their answers. */
export interface Answers {
  /**
   * Resolves when questions can be answered at once: a book that was never learned is learned meanwhile. Whoever asks
   * before waits in `ask` itself, and everybody with them.
   */
  ready(): Promise<void>;
  /**
   * Answers a question.
   * @param previous the entry shown before, if the question may go on from it
   * @throws AssistantError `empty-question` or `question-too-long`
   */
  ask(question: string, previous?: string | null): Answer;
  /** The reply that shows one entry; null if the book has none of that id. */
  show(entry: string): Reply | null;
  /** The book by chapter, for menus. */
  chapters(): readonly ChapterSummary[];
}

/** Demos and their runs. */
export interface Demos {
  demos(): readonly DemoSummary[];
  /**
   * Refuses what `runDemo` would refuse now for what its team has set.
   * @throws AssistantError `not-allowed` or `budget-spent`; StoreUnavailable
   */
  checkRun(request: Pick<RunRequest, 'who' | 'where'>): Promise<void>;
  /**
   * Makes ahead what a demo begins with, since an answer that offers one is often followed by its run; nothing where
   * nothing is made ahead, or whoever was answered may not run it.
   * @param asked who was answered, and where; asked for only where it matters
   */
  expectRun(demo: string, asked: () => Promise<Pick<RunRequest, 'who' | 'where'>>): Promise<void>;
  /**
   * Runs a demo on the engine. Ends with a `finished` event; a failure in the run is a report, not an exception.
   * @throws AssistantError `unknown-demo`, `not-allowed`, `budget-spent` or `too-many-runs`, or StoreUnavailable, before
   *   the first event
   */
  runDemo(request: RunRequest): AsyncIterable<RunEvent>;
  /**
   * Records the end of runs whose process died in the middle of them, once.
   * @returns those runs, for whoever shows them
   * @throws StoreUnavailable
   */
  closeInterrupted(): Promise<readonly InterruptedRun[]>;
  /** Records which message shows a run. @throws StoreUnavailable */
  noteRunMessage(runId: string, message: RunMessage): Promise<void>;
  /**
   * What a finished run of a team showed beside its card; null where that is not kept, or no longer.
   * @throws StoreUnavailable
   */
  runDetails(team: string, runId: string): Promise<RunDetails | null>;
  /** The runs on record since a time, in milliseconds since 1970, newest first. @throws StoreUnavailable */
  audit(since: number): Promise<readonly RunRecord[]>;
}

/**
 * The core: all that surfaces do. It knows no Slack, no terminal and no Docker client library, and no surface knows what
 * is behind it.
 */
export interface Assistant extends Answers, Demos, Listening {
  readonly conversations: Conversations;
  readonly votes: Voting;
  readonly openQuestions: OpenQuestions;
  readonly help: Help;
  readonly polls: Polls;
  readonly pictures: Pictures;
  readonly settings: Settings;
  readonly layers: Layers;
  /** Deletes everything of a workspace, audit record included. @returns the number of records removed */
  forgetTeam(team: string): Promise<number>;
  /** Stops running demos, and waits until they are cleaned up, at most some seconds: a sick engine keeps nobody. */
  close(): Promise<void>;
}
