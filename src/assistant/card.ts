import { receiptLine } from './receipt-text.ts';
import type { Report, RunOutcome, TestedClaim } from './report.ts';

/** What became of a step: it was done, the run failed or was stopped in it, or it was not begun. */
export type StepEnd = 'done' | 'failed' | 'stopped' | 'not-begun';

/** A step of a finished run, in one line. */
export interface CardStep {
  readonly title: string;
  readonly end: StepEnd;
  /** Milliseconds that it took; null where it was not done. */
  readonly ms: number | null;
}

/** How a finished run is shown at a glance: verdict and claims first. What it leaves out stands in its details. */
export interface Card {
  readonly runId: string;
  readonly demo: string;
  readonly title: string;
  readonly outcome: RunOutcome;
  /** How it ended, in one sentence. */
  readonly verdict: string;
  /** Why it did not come to its end, for people of a team; null where there is nothing to add to the verdict. */
  readonly reason: string | null;
  readonly claims: readonly TestedClaim[];
  readonly steps: readonly CardStep[];
  /** The receipt in one line; null where the run never began, so that there is nothing to account for. */
  readonly receipt: string | null;
  /** Whether there is a script: a run that broke off has none. */
  readonly hasScript: boolean;
}

const verdicts = {
  held: 'Every claim held.',
  refuted: 'A claim was refuted.',
  failed: 'The run failed.',
  stopped: 'The run was stopped.',
} as const;

/**
 * Makes the card of a finished run.
 * @param titles of all steps of the demo, in order
 * @param current the step that was under way at the end, by its place; null where none was
 */
export function toCard(report: Report, titles: readonly string[], current: number | null): Card {
  const { demo, title, outcome, claims, script, receipt } = report;
  const result = { runId: receipt.runId, ...{ demo, title, outcome, claims } };
  const reason = reasonOf(report);
  if (neverBegan(report, current))
    return {
      ...{ ...result, verdict: reason ?? verdicts[outcome], reason: null },
      ...{ steps: [], receipt: null, hasScript: false },
    };
  return {
    ...result,
    verdict: verdicts[outcome],
    reason,
    steps: titles.map((step, index) => toStep(step, report, index, index === current)),
    receipt: receiptLine(report),
    hasScript: script !== '',
  };
}

/** Whether it was stopped before an engine took it, such as in the queue. */
function neverBegan({ outcome, steps, receipt }: Report, current: number | null): boolean {
  return outcome === 'stopped' && receipt.engine === null && steps.length === 0 && current === null;
}

function toStep(title: string, { steps, outcome }: Report, index: number, wasCurrent: boolean): CardStep {
  const done = steps[index];
  if (done !== undefined) return { title, end: 'done', ms: done.ms };
  if (!wasCurrent) return { title, end: 'not-begun', ms: null };
  return { title, end: outcome === 'stopped' ? 'stopped' : 'failed', ms: null };
}

/** Failures whose words are for whoever runs the bot: they name the engine's address, its certificates or its settings. */
const ofOperator: ReadonlySet<string | null> = new Set(['no-engine', 'engine-denied', 'engine-gone', 'no-base-image']);

function reasonOf({ outcome, error, errorCode }: Report): string | null {
  if (errorCode === 'unexpected')
    return 'Something failed that should not. Run it again; if it stays so, tell whoever runs me: the log says why.';
  if (ofOperator.has(errorCode))
    return 'The Docker engine for demos cannot be used at the moment. Whoever runs me finds out why with ./dockproof doctor and in the log, and starts one with: npm run engine';
  if (error === null) return null;
  const sentence = /[.!?]$/.test(error) ? error : `${error}.`;
  return sentence === verdicts[outcome] ? null : sentence;
}
