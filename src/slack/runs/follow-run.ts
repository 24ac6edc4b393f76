import type { DemoSummary, RunEvent } from '../../assistant/assistant.ts';
import type { Report } from '../../assistant/report.ts';
import type { Needs } from '../parts.ts';
import { wordsFor } from '../transport/failure.ts';
import type { LiveMessage } from '../transport/live-message.ts';
import type { ActiveRun } from './active-runs.ts';
import { brokenOffMessage, runMessage } from './run-message.ts';
import { advanceRun, awaitClick, type RunState } from './run-state.ts';

/** The events of a run whose first one has been asked for. */
export interface BegunEvents {
  readonly begun: Promise<IteratorResult<RunEvent>>;
  next(): Promise<IteratorResult<RunEvent>>;
}

/** A run with the message that shows it. */
export interface ShownRun {
  readonly demo: DemoSummary;
  readonly own: ActiveRun;
  readonly live: LiveMessage;
  readonly first: RunState;
  readonly events: BegunEvents;
}

/**
 * Follows a run in its message until its end stands there.
 * @returns the report; null where the run came to none
 * @throws the client's error if the end cannot be shown at all
 */
export async function followRun(
  { log }: Needs<'log'>,
  { demo, own, live, first, events }: ShownRun,
): Promise<Report | null> {
  let state = first;
  let ended = false;
  const show = () =>
    live.show(runMessage(own.waiting ? awaitClick(state, own.waiting.index, own.waiting.title) : state));
  own.onWait = show;
  own.onGone = live.forget;
  if (own.waiting !== null) show();
  try {
    for (let result = await events.begun; result.done !== true; result = await events.next()) {
      const event = result.value;
      state = advanceRun(state, event);
      if (state.report?.error != null)
        log.warn({ demo: demo.id, code: state.report.errorCode, reason: state.report.error }, 'a run failed');
      if (state.report === null) show();
      else await live.end(runMessage(state));
      ended = state.report !== null;
    }
  } catch (error) {
    log.error({ error, demo: demo.id }, 'a run broke off');
    // The message must not stand there as if the run went on.
    if (state.report === null) {
      await live.end(brokenOffMessage(demo, wordsFor(error)));
      return null;
    }
    if (!ended) throw error;
  }
  return state.report;
}
