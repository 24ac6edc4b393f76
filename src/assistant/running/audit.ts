import type { DemoLimits } from '../../config.ts';
import { isProcessAlive, thisProcess } from '../../sandbox/labels.ts';
import type { RunBudget, RunEnd, RunRecord, Runs } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';
import type { RunEvent, RunRequest } from '../assistant.ts';
import { StoreUnavailable } from '../assistant-error.ts';
import { longestPause } from '../limits.ts';
import type { Report } from '../report.ts';
import { toDetails } from '../run-details.ts';
import { budgetSpent } from './run-permission.ts';

/** A run that is on record and has not ended. */
export interface OpenRecord {
  /** Keeps what it showed, for whoever asks for it. */
  keep(report: Report): Promise<void>;
  /** Records how it ended. */
  close(end: RunEnd): Promise<void>;
}

/** Seconds that the end of a run may take beyond its time limit. */
const clearingSeconds = 60;

/** The workspace under which runs of whoever operates this program stand. */
const operatorTeam = 'terminal';

/** Milliseconds after which a run has ended, the longest wait in the queue included. */
export function longestRun({ queue, concurrency, perPerson, perChannel, timeLimitSeconds }: DemoLimits): number {
  const atOnce = Math.min(concurrency, perPerson, perChannel);
  const turns = Math.ceil(queue / atOnce) + 1;
  return turns * (timeLimitSeconds + longestPause + clearingSeconds) * 1000;
}

/**
 * Puts a run on record before it starts: from the moment it is asked for, so that one that waits counts too. Whoever
 * operates this program runs demos also where nothing can be kept.
 * @param store null where nothing outlives the process
 * @param budget how many may start; left out for no limit
 * @returns null where nothing is kept
 * @throws AssistantError `budget-spent`; StoreUnavailable: a run of a workspace that cannot be put on record does not start
 */
export async function putOnRecord(
  store: () => Promise<Pick<Store, 'runs'> | null>,
  runId: string,
  request: RunRequest,
  budget: RunBudget | undefined,
): Promise<OpenRecord | null> {
  const open = async () => {
    const runs = (await store())?.runs;
    return runs === undefined ? null : recordRun(runs, runId, request, budget);
  };
  if (request.who.team !== undefined) return open();
  const record = await unlessUnavailable(open);
  return (
    record && {
      // Whoever operates this program sees all of it at once.
      keep: () => Promise.resolve(),
      close: async (end) => void (await unlessUnavailable(() => record.close(end))),
    }
  );
}

async function recordRun(
  runs: Runs,
  runId: string,
  { demo, who, where }: RunRequest,
  budget: RunBudget | undefined,
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
    // What is not kept cannot be shown again, and is no reason to break off.
    keep: (report) =>
      runs.keepDetails(runId, toDetails(report), Date.now()).then(
        () => undefined,
        () => undefined,
      ),
    close: async (end) => void (await runs.close(runId, end)),
  };
}

async function unlessUnavailable<Result>(work: () => Promise<Result>): Promise<Result | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StoreUnavailable) return null;
    throw error;
  }
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
  // Nobody waits for it: the end is shown meanwhile.
  let kept: Promise<void> | undefined;
  try {
    for await (const event of events) {
      if (event.type === 'finished') {
        const { outcome, receipt } = event.report;
        end = { outcome, receipt, endedAt: Date.now() };
        kept = record?.keep(event.report);
      }
      yield event;
    }
  } finally {
    // Without an end, whoever followed the run has gone away in the middle of it.
    await record?.close(end ?? { outcome: 'stopped', receipt: null, endedAt: Date.now() });
    await kept;
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
