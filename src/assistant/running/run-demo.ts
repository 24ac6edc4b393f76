import type { Demo, Finding, Step } from '../../demos/catalogue/demo.ts';
import { DemoBroken, type PlayedEvent, type PlayedStep, playDemo } from '../../demos/catalogue/play-demo.ts';
import type { DemoEngine } from '../../sandbox/demo-engine.ts';
import { describeLimits } from '../../sandbox/policy.ts';
import type { Receipt } from '../../sandbox/receipt.ts';
import type { OpenRun } from '../../sandbox/run.ts';
import { SandboxError } from '../../sandbox/sandbox-error.ts';
import type { DemoSummary, RunEvent } from '../assistant.ts';
import type { Report, RunOutcome } from '../report.ts';
import { toScript } from './script.ts';

/** What a run needs beside its demo. */
export interface RunDemoParts {
  readonly engine: DemoEngine;
  readonly runId: string;
  readonly timeLimitSeconds: number;
  readonly signal: AbortSignal;
  readonly summary: DemoSummary;
  /** The sentence of a claim; its id where no entry makes it. */
  readonly claimText: (id: string) => string;
  /** Whether it waits for people: a run begun ahead has no time for that. */
  readonly paced: boolean;
  readonly beforeStep: (index: number, title: string) => Promise<void>;
}

/**
 * Runs one demo: opens a run, plays the demo, removes what it made, and reports. A failure becomes the report's
 * outcome, so the last event is always `finished`.
 */
export async function* runDemo(demo: Demo, parts: RunDemoParts): AsyncGenerator<RunEvent, void, void> {
  const steps: PlayedStep[] = [];
  const findings: Finding[] = [];
  const startedAt = new Date().toISOString();
  let run: OpenRun | null = null;
  let failure: unknown = null;
  let receipt: Receipt | null = null;
  try {
    run = await parts.engine.openRun({ ...parts, demo: parts.paced ? null : demo.id });
    yield { type: 'started', runId: parts.runId, demo: parts.summary };
    for await (const event of playDemo(demo, run, parts.beforeStep)) {
      note(event, steps, findings);
      yield toRunEvent(event);
    }
  } catch (error) {
    failure = run?.signal.aborted === true ? run.signal.reason : error;
  } finally {
    receipt = run === null ? null : await run.close();
  }
  yield {
    type: 'finished',
    report: {
      demo: demo.id,
      title: demo.title,
      outcome: outcomeOf(failure, findings),
      steps: steps.map(shownStep),
      claims: findings.map(({ claim, ...finding }) => ({ id: claim, text: parts.claimText(claim), ...finding })),
      receipt: receipt ?? unopened(parts.runId, startedAt),
      // A run that broke off has no script: its steps alone would not give the outcome.
      script: failure === null ? toScript(demo.title, steps) : '',
      ...failureWords(failure),
    },
  };
}

function note(event: PlayedEvent, steps: PlayedStep[], findings: Finding[]): void {
  if (event.type === 'step-finished') steps.push(event.step);
  if (event.type === 'claim-tested') findings.push(event.finding);
}

function toRunEvent(event: PlayedEvent): RunEvent {
  if (event.type !== 'step-finished') return event;
  return { type: 'step-finished', index: event.index, step: shownStep(event.step) };
}

/** A step without what only its script needs. */
function shownStep({ title, command, output, ms, lives }: PlayedStep): Step {
  return { title, command, output, ms, lives };
}

function outcomeOf(failure: unknown, findings: readonly Finding[]): RunOutcome {
  if (failure instanceof SandboxError && failure.code === 'stopped') return 'stopped';
  if (failure !== null) return 'failed';
  return findings.some((finding) => finding.held === false) ? 'refuted' : 'held';
}

function failureWords(failure: unknown): Pick<Report, 'error' | 'errorCode'> {
  if (failure === null) return { error: null, errorCode: null };
  if (failure instanceof SandboxError) return { error: failure.message, errorCode: failure.code };
  const error = failure instanceof Error ? failure.message : String(failure);
  return { error, errorCode: failure instanceof DemoBroken ? 'demo-broken' : 'unexpected' };
}

function unopened(runId: string, startedAt: string): Receipt {
  return {
    runId,
    startedAt,
    ms: 0,
    engineMs: 0,
    warm: null,
    engine: null,
    baseImage: null,
    limits: describeLimits(),
    loosened: [],
    created: { containers: 0, images: 0, volumes: 0, networks: 0 },
    leftovers: 0,
  };
}
