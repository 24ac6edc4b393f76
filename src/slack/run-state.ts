import type { DemoSummary, RunEvent } from '../assistant/assistant.ts';
import type { Report, Step } from '../assistant/report.ts';

/** What is known of a run so far. A new value is made for each event. */
export interface RunState {
  /** Names the run to its Stop button. */
  readonly key: string;
  readonly title: string;
  readonly queuePosition: number | null;
  readonly steps: readonly string[];
  readonly current: number | null;
  readonly finished: readonly Step[];
  readonly report: Report | null;
}

/** The state before anything happened. */
export function newRun(key: string, demo: DemoSummary): RunState {
  return { key, title: demo.title, queuePosition: null, steps: demo.steps, current: null, finished: [], report: null };
}

/** The state after one more event. */
export function advanceRun(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case 'queued':
      return { ...state, queuePosition: event.position };
    case 'started':
      return { ...state, queuePosition: null };
    case 'step-started':
      return { ...state, current: event.index };
    case 'step-finished':
      return { ...state, current: null, finished: [...state.finished, event.step] };
    case 'claim-tested':
      return state;
    case 'finished':
      return { ...state, report: event.report };
  }
}
