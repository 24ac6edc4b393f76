import type { DemoSummary, RunEvent } from '../../assistant/assistant.ts';
import type { Report, Step } from '../../assistant/report.ts';

/** What is known of a run so far. A new value is made for each event. */
export interface RunState {
  /** Names the run to its Stop button. */
  readonly key: string;
  readonly title: string;
  /** What whoever started it is called; null where nobody needs to be told. */
  readonly startedBy: string | null;
  readonly queuePosition: number | null;
  readonly steps: readonly string[];
  readonly current: number | null;
  readonly finished: readonly Step[];
  /** The step that waits for a click; null where none does. */
  readonly waiting: { readonly index: number; readonly title: string } | null;
  readonly report: Report | null;
}

/** The state before anything happened. */
export function newRun(key: string, demo: DemoSummary, startedBy: string | null = null): RunState {
  return {
    key,
    title: demo.title,
    startedBy,
    queuePosition: null,
    steps: demo.steps,
    current: null,
    finished: [],
    waiting: null,
    report: null,
  };
}

/** The state after one more event. */
export function advanceRun(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case 'queued':
      return { ...state, queuePosition: event.position };
    case 'started':
      return { ...state, queuePosition: null };
    case 'step-started':
      return { ...state, waiting: null, current: event.index };
    case 'step-finished':
      return { ...state, current: null, finished: [...state.finished, event.step] };
    case 'claim-tested':
      return state;
    case 'finished':
      return { ...state, waiting: null, report: event.report };
  }
}

/** The state before a step that waits for a click. */
export function awaitClick(state: RunState, index: number, title: string): RunState {
  return { ...state, queuePosition: null, waiting: { index, title } };
}

/** A step of a run, as the button that lets it begin names it. */
export interface StepKey {
  readonly key: string;
  readonly index: number;
}

/** Writes the value of the button for the next step. */
export function writeStep({ key, index }: StepKey): string {
  return `${key}/${index}`;
}

/** Reads it. @returns null for one of another version */
export function readStep(value: string): StepKey | null {
  const [, key = '', index] = /^([\w-]+)\/(\d+)$/.exec(value) ?? [];
  return index === undefined ? null : { key, index: Number(index) };
}
