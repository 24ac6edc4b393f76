import { isProcessAlive, thisProcess } from '../../sandbox/labels.ts';
import type { RunBudget, RunEnd, RunRecord, Runs } from '../../store/runs.ts';
import { StoreUnavailable } from '../../store/store-error.ts';
import type { RunEvent, RunRequest } from '../assistant.ts';
import { budgetSpent } from './run-permission.ts';

/** A run that is on record and has not ended. */
export interface OpenRecord {
  /** Records how it ended. */
  close(end: RunEnd): Promise<void>;
}

/** The workspace under which runs of whoever operates this program stand. */
export const operatorTeam = 'terminal';

/**
 * Puts a run on record before it starts: from the moment it is asked for, so that one that waits counts too.
 * @param budget how many may start; left out for no limit
 * @throws AssistantError `budget-spent`; StoreUnavailable: a run that cannot be put on record does not start
 */
export async function recordRun(
  runs: Runs,
  runId: string,
  { demo, who, where }: RunRequest,
  budget?: RunBudget,
): Promise<OpenRecord> {
  const start = {
    runId,
    team: who.team ?? operatorTeam,
    demo,
    person: who.id,
    place: where.id,
    surface: where.id.split(':')[0] ?? '',
    process: thisProcess(),
    startedAt: Date.now(),
  };
  if (!(await runs.open(start, budget))) throw budgetSpent(budget?.most ?? 0);
  return {
    close: async (end) => void (await runs.close(runId, end)),
  };
}

/**
 * Puts a run on record if that is possible, for whoever runs demos at a terminal of their own: there a demo runs all the
 * same where nothing can be kept.
 * @returns null where it is not
 */
export async function tryToRecordRun(runs: Runs, runId: string, request: RunRequest): Promise<OpenRecord | null> {
  const ifPossible = async <Result>(write: () => Promise<Result>): Promise<Result | null> => {
    try {
      return await write();
    } catch (error) {
      if (error instanceof StoreUnavailable) return null;
      throw error;
    }
  };
  const record = await ifPossible(() => recordRun(runs, runId, request));
  return record === null ? null : { close: async (end) => void (await ifPossible(() => record.close(end))) };
}

/**
 * Passes the events of a run on, and records how it ended: only once whoever follows it has dealt with its end, so that
 * a run whose end was never shown counts as broken off.
 * @param record null where nothing is kept
 * @throws StoreUnavailable after the last event, if the end could not be recorded
 */
export async function* keepRecord(
  events: AsyncIterable<RunEvent>,
  record: OpenRecord | null,
): AsyncGenerator<RunEvent, void, void> {
  let end: RunEnd | null = null;
  try {
    for await (const event of events) {
      if (event.type === 'finished') {
        const { outcome, receipt } = event.report;
        end = { outcome, receipt, endedAt: Date.now() };
      }
      yield event;
    }
  } finally {
    // Without an end, whoever followed the run has gone away in the middle of it.
    await record?.close(end ?? { outcome: 'stopped', receipt: null, endedAt: Date.now() });
  }
}

/**
 * Records the end of runs whose process died in the middle of them.
 * @param longestRun milliseconds that a run can take: one that began longer ago than that has ended, whatever its
 *   process says, for a process of another host cannot be asked
 * @returns those runs, for whoever shows them
 * @throws StoreUnavailable
 */
export async function closeInterrupted(runs: Runs, now: number, longestRun: number): Promise<RunRecord[]> {
  const closed: RunRecord[] = [];
  for (const run of await runs.unfinished()) {
    if (isProcessAlive(run.process) && run.startedAt + longestRun >= now) continue;
    if (await runs.close(run.runId, { outcome: 'interrupted', receipt: null, endedAt: now })) closed.push(run);
  }
  return closed;
}
