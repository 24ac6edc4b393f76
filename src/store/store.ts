import { type Answers, createAnswers } from './answers.ts';
import type { Database } from './database.ts';
import { createDigests, type Digests } from './digests.ts';
import { createGaps, type Gaps } from './gaps.ts';
import { createInstallations, type Installations } from './installations.ts';
import { createPredictions, type Predictions } from './predictions.ts';
import { deleteTeam, prune } from './retention.ts';
import { createRuns, type Runs } from './runs.ts';
import { createSecretBox, type StoreKeys } from './secret-box.ts';
import { createSeenEvents, type SeenEvents } from './seen-events.ts';
import { createTeamSettings, type TeamSettings, type TeamSettingsStore } from './team-settings.ts';
import { createThreads, type Threads } from './threads.ts';
import { createVotes, type Votes } from './votes.ts';

/**
 * What outlives the process. All calls are synchronous: when one returns, what it wrote survives the end of the
 * process, however it ends. Each may throw StoreUnavailable.
 */
export interface Store {
  readonly votes: Votes;
  readonly gaps: Gaps;
  readonly runs: Runs;
  readonly predictions: Predictions;
  readonly threads: Threads;
  readonly answers: Answers;
  readonly digests: Digests;
  readonly settings: TeamSettingsStore;
  readonly installations: Installations;
  readonly seenEvents: SeenEvents;
  /** Removes what is past its retention at a time (milliseconds since 1970). @returns the number of rows removed */
  prune(now: number): number;
  /** Deletes everything of a workspace, audit record included. @returns the number of rows removed */
  deleteTeam(team: string): number;
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
    runs: createRuns(database),
    predictions: createPredictions(database),
    threads: createThreads(database),
    answers: createAnswers(database),
    digests: createDigests(database),
    settings: createTeamSettings(database, defaults),
    installations: createInstallations(database, createSecretBox(keys)),
    seenEvents: createSeenEvents(database),
    prune: (now) => prune(database, now),
    deleteTeam: (team) => deleteTeam(database, team),
  };
}
