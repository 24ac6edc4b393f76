import type { EngineFacts } from './sandbox.ts';

/** Under what conditions a demo ran, and what it left: on record with every report. */
export interface Receipt {
  readonly runId: string;
  readonly startedAt: string;
  /** Milliseconds from the first step to the last removal. */
  readonly ms: number;
  /** Milliseconds of it in which the engine worked for the run: what no program could save. */
  readonly engineMs: number;
  /** What had been made ahead, before anybody asked for this run, and for it alone; null where nothing had. */
  readonly warm: WarmStart | null;
  /** Null where the engine could not be reached. */
  readonly engine: EngineFacts | null;
  readonly baseImage: string | null;
  /** The policy's limits, in words, and what the demo loosened. */
  readonly limits: readonly string[];
  readonly loosened: readonly string[];
  readonly created: ObjectCounts;
  /** Objects of this run that the engine still had at its end: 0, or -1 where the engine could not tell. */
  readonly leftovers: number;
}

/** How many objects of each kind. */
export interface ObjectCounts {
  readonly containers: number;
  readonly images: number;
  readonly volumes: number;
  readonly networks: number;
}

/** The part of `created` that was made ahead, in the order in which the demo asks for it. */
export interface WarmStart extends ObjectCounts {
  /** How long before the run it was begun. */
  readonly secondsBefore: number;
}
