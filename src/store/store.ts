import type { TeamSettings } from '../settings/team-settings.ts';
import { type Answers, createAnswers } from './answers.ts';
import { type Database, patience } from './database.ts';
import { createDigests, type Digests } from './digests.ts';
import { createGaps, type Gaps } from './gaps.ts';
import { createHelpRequests, type HelpRequests } from './help-requests.ts';
import { createInstallations, type Installations } from './installations.ts';
import { type KeptAnswer, putKeptAnswer } from './kept-answer.ts';
import { createPredictions, type Predictions } from './predictions.ts';
import { deleteTeam, prune } from './retention.ts';
import { createRuns, type Runs } from './runs.ts';
import { createSecretBox, type StoreKeys } from './secret-box.ts';
import { createSeenEvents, type SeenEvents } from './seen-events.ts';
import { createTeamSettings, type TeamSettingsStore } from './team-settings.ts';
import { createThreads, type Threads } from './threads.ts';
import { createVotes, type Votes } from './votes.ts';

/**
 * What outlives the process. When the promise of a call resolves, what it wrote survives the end of the process, however
 * it ends. Each call holds wholly or not at all, and no wait for another process blocks the event loop. Each may throw
 * StoreUnavailable.
 */
export interface Store {
  readonly votes: Votes;
  readonly gaps: Gaps;
  readonly helpRequests: HelpRequests;
  readonly runs: Runs;
  readonly predictions: Predictions;
  readonly threads: Threads;
  readonly answers: Answers;
  readonly digests: Digests;
  readonly settings: TeamSettingsStore;
  readonly installations: Installations;
  readonly seenEvents: SeenEvents;
  /** Keeps all that is kept of one answer. Nobody waits for it, so it waits long for another process. */
  keepAnswer(kept: KeptAnswer): Promise<void>;
  /** Removes what is past its retention at a time (milliseconds since 1970). @returns the number of rows removed */
  prune(now: number): Promise<number>;
  /** Deletes everything of a workspace, audit record included. @returns the number of rows removed */
  deleteTeam(team: string): Promise<number>;
}

/** What the store is made of beside its file. */
export interface StoreOptions {
  readonly keys: StoreKeys;
  /** The settings of a team that has set none. */
  readonly defaults: TeamSettings;
}

/** Makes the store of an open file whose tables are up to date. */
export function createStore(database: Database, { keys, defaults }: StoreOptions): Store {
  return {
    votes: createVotes(database),
    gaps: createGaps(database),
    helpRequests: createHelpRequests(database),
    runs: createRuns(database),
    predictions: createPredictions(database),
    threads: createThreads(database),
    answers: createAnswers(database),
    digests: createDigests(database),
    settings: createTeamSettings(database, defaults),
    installations: createInstallations(database, createSecretBox(keys)),
    seenEvents: createSeenEvents(database),
    keepAnswer: (kept) => database.write((file) => putKeptAnswer(file, kept), patience.unhurried),
    prune: (now) => prune(database, now),
    deleteTeam: (team) => deleteTeam(database, team),
  };
}
