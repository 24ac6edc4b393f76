import { isProcessAlive, thisProcess } from '../sandbox/labels.ts';
import type { RunRecord, Runs } from '../store/runs.ts';
import { StoreUnavailable } from '../store/store-error.ts';
import type { RunEvent, RunRequest } from './assistant.ts';
import type { Report } from './report.ts';

/** A run that is on record and has not ended. */
export interface OpenRecord {
  /** Records how it ended. */
  close(end: { readonly outcome: Report['outcome']; readonly receipt: Report['receipt'] | null }): void;
}

/** The workspace under which runs of whoever operates this program stand. */
export const operatorTeam = 'terminal';

/**
 * Puts a run on record before it starts: from the moment it is asked for, so that one that waits counts too.
 * @throws StoreUnavailable: a run that cannot be put on record does not start
 */
export function recordRun(runs: Runs, runId: string, { demo, who, where }: RunRequest): OpenRecord {
  runs.open({
    runId,
    team: who.team ?? operatorTeam,
    demo,
    person: who.id,
    place: where.id,
    surface: where.id.split(':')[0] ?? '',
    process: thisProcess(),
    startedAt: Date.now(),
  });
  return {
    close({ outcome, receipt }) {
      runs.close(runId, { outcome, receipt, endedAt: Date.now() });
    },
  };
}

/**
 * Puts a run on record if that is possible, for whoever runs demos at a terminal of their own: there a demo runs all the
 * same where nothing can be kept.
 * @returns null where it is not
 */
export function tryToRecordRun(runs: Runs, runId: string, request: RunRequest): OpenRecord | null {
  const ifPossible = <Result>(write: () => Result): Result | null => {
    try {
      return write();
    } catch (error) {
      if (error instanceof StoreUnavailable) return null;
      throw error;
    }
  };
  const record = ifPossible(() => recordRun(runs, runId, request));
  return record === null ? null : { close: (end) => void ifPossible(() => record.close(end)) };
}

/**
 * Records how a run ends, however it ends, and passes its events on.
 * @param record null where nothing is kept
 * @throws StoreUnavailable after the last event, if the end could not be recorded
 */
export async function* keepRecord(
  events: AsyncIterable<RunEvent>,
  record: OpenRecord | null,
): AsyncGenerator<RunEvent, void, void> {
  let ended = false;
  let failure: unknown = null;
  try {
    for await (const event of events) {
      if (event.type === 'finished') {
        ended = true;
        try {
          record?.close(event.report);
        } catch (error) {
          failure = error;
        }
      }
      yield event;
    }
  } finally {
    // Whoever followed the run has gone away in the middle of it.
    if (!ended) record?.close({ outcome: 'stopped', receipt: null });
  }
  if (failure !== null) throw failure;
}

/**
 * Records the end of runs whose process died in the middle of them.
 * @param longestRun milliseconds that a run can take: one that began longer ago than that has ended, whatever its
 *   process says, for a process of another host cannot be asked
 * @returns those runs, for whoever shows them
 * @throws StoreUnavailable
 */
export function closeInterrupted(runs: Runs, now: number, longestRun: number): RunRecord[] {
  return runs
    .unfinished()
    .filter(({ process, startedAt }) => !isProcessAlive(process) || startedAt + longestRun < now)
    .filter(({ runId }) => runs.close(runId, { outcome: 'interrupted', receipt: null, endedAt: now }));
}
