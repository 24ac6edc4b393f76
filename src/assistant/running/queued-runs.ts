import { randomUUID } from 'node:crypto';
import type { DemoLimits } from '../../config.ts';
import type { Demo } from '../../demos/catalogue/demo.ts';
import type { DemoEngine } from '../../sandbox/demo-engine.ts';
import { SandboxError } from '../../sandbox/sandbox-error.ts';
import type { RunBudget } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';
import type { RunEvent, RunRequest } from '../assistant.ts';
import { longestPause } from '../limits.ts';
import { keepRecord, putOnRecord } from './audit.ts';
import { boundPauses } from './pause.ts';
import { runDemo } from './run-demo.ts';
import { createRunQueue, type Ticket } from './run-queue.ts';
import { summarise } from './summarise.ts';

/** What runs in turn work with. */
export interface QueuedRunParts {
  readonly openEngine: () => Promise<DemoEngine>;
  readonly limits: DemoLimits;
  /** Null where nothing outlives the process. @throws StoreUnavailable */
  readonly store: () => Promise<Pick<Store, 'runs'> | null>;
  /** The sentence of a claim; its id where no entry makes it. */
  readonly claimText: (id: string) => string;
  /** Aborted when all runs are to end. */
  readonly closing: AbortSignal;
}

/** Runs that were allowed, each in its turn and on record. */
export interface QueuedRuns {
  /**
   * @param budget that it counts towards; left out for no limit
   * @throws AssistantError `too-many-runs` or `budget-spent`, or StoreUnavailable, before the first event
   */
  run(demo: Demo, request: RunRequest, budget: RunBudget | undefined): AsyncGenerator<RunEvent, void, void>;
  /** Waits until none is under way any more. */
  ended(): Promise<void>;
}

/** Makes what runs demos in turn. */
export function createQueuedRuns(parts: QueuedRunParts): QueuedRuns {
  const queue = createRunQueue(parts.limits);
  const running = new Set<Promise<void>>();
  return {
    async *run(demo, request, budget) {
      const ticket = queue.enter(request);
      const ended = Promise.withResolvers<void>();
      running.add(ended.promise);
      const leave = () => {
        ticket.leave();
        running.delete(ended.promise);
        ended.resolve();
      };
      const runId = randomUUID();
      try {
        const record = await putOnRecord(parts.store, runId, request, budget);
        request.onRecord?.(runId);
        for await (const event of keepRecord(waitAndRun(parts, demo, request, runId, ticket), record)) {
          // Whoever is next need not wait until the end of this run is shown.
          if (event.type === 'finished') leave();
          yield event;
        }
      } finally {
        leave();
      }
    },
    ended: async () => void (await Promise.all(running)),
  };
}

async function* waitAndRun(
  { openEngine, limits, claimText, closing }: QueuedRunParts,
  demo: Demo,
  { signal: stop, beforeStep }: RunRequest,
  runId: string,
  ticket: Ticket,
): AsyncGenerator<RunEvent, void, void> {
  for await (const position of ticket.positions(AbortSignal.any([closing, stop])))
    yield { type: 'queued', runId, position };
  const left = ticket.waits() && !closing.aborted ? [AbortSignal.abort(leftTheQueue())] : [];
  const signal = AbortSignal.any([...left, closing, stop]);
  yield* runDemo(demo, {
    engine: await openEngine(),
    runId,
    timeLimitSeconds: limits.timeLimitSeconds + (beforeStep ? longestPause : 0),
    paced: beforeStep !== undefined,
    signal,
    summary: summarise(demo),
    claimText,
    beforeStep: beforeStep ? boundPauses(beforeStep, longestPause, signal) : () => Promise.resolve(),
  });
}

function leftTheQueue(): SandboxError {
  return new SandboxError('stopped', 'It left the queue before it began');
}
