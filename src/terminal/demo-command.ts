import { createInterface } from 'node:readline/promises';
import type { Assistant, BeforeStep, DemoSummary, RunEvent } from '../assistant/assistant.ts';
import type { Report } from '../assistant/report.ts';
import { askPrediction, tellPrediction } from './predict.ts';
import { renderEvent } from './render-report.ts';
import { exitCode, type Terminal } from './terminal.ts';
import { writePicture } from './write-picture.ts';

/** How `demo` was called. */
export interface DemoOptions {
  readonly json: boolean;
  readonly stepByStep: boolean;
  /** Whether the demo's question is asked before it runs. */
  readonly predict: boolean;
  /** The file that the run's life lines are written to; null for none. */
  readonly figure: string | null;
}

/** Who runs demos from the terminal, and where. */
const person = { id: 'terminal' };
const place = { id: 'terminal' };

/** Lists the demos. */
export function listDemos(assistant: Assistant, terminal: Terminal): number {
  const demos = assistant.demos();
  const width = Math.max(...demos.map((demo) => demo.id.length));
  for (const demo of demos) terminal.out.write(`${terminal.style.accent(demo.id.padEnd(width))}  ${demo.title}\n`);
  return exitCode.fine;
}

/**
 * Runs a demo and shows it as it happens, or prints its report as JSON. Ctrl-C stops it and waits for the clean-up.
 * @returns 0 if every claim held, 1 if not, 3 if no engine could be used
 * @throws AssistantError for an unknown demo
 */
export async function showRun(
  assistant: Assistant,
  terminal: Terminal,
  demo: string,
  options: DemoOptions,
): Promise<number> {
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    const asked = findAsked(assistant, demo, terminal, options);
    const guess = asked === null ? null : await askPrediction(asked, terminal, stop.signal);
    const beforeStep = options.stepByStep ? waitForKey(terminal) : undefined;
    const events = assistant.runDemo({
      demo,
      who: person,
      where: place,
      signal: stop.signal,
      ...(beforeStep ? { beforeStep } : {}),
    });
    let report: Report | null = null;
    for await (const event of events) {
      show(event, terminal, options.json);
      if (event.type === 'finished') report = event.report;
    }
    if (asked && guess !== null && report?.outcome === 'held')
      terminal.out.write(await tellPrediction(asked, guess, assistant.polls, terminal));
    if (report !== null && options.figure !== null) {
      const picture = await assistant.pictures.lifeLines(report);
      if (picture === null) terminal.err.write('The run recorded nothing that could be drawn.\n');
      else await writePicture(picture, options.figure, terminal);
    }
    return report === null ? exitCode.negative : exitCodeOf(report, terminal);
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

/** The demo whose question is asked: only where a person sits at the terminal. */
function findAsked(
  assistant: Assistant,
  demo: string,
  terminal: Terminal,
  { json, predict }: DemoOptions,
): DemoSummary | null {
  if (!predict || json || !terminal.interactive) return null;
  return assistant.demos().find(({ id }) => id === demo) ?? null;
}

function show(event: RunEvent, terminal: Terminal, json: boolean): void {
  if (!json) terminal.out.write(renderEvent(event, terminal.style));
  else if (event.type === 'finished') terminal.out.write(`${JSON.stringify(event.report)}\n`);
}

/** Exit code 3 is for an engine that cannot be used at all, or gets no demos; the reason also goes to the diagnostics. */
function exitCodeOf(report: Report, terminal: Terminal): number {
  if (report.error !== null) terminal.err.write(`${report.error}\n`);
  if (isNoEngine(report.errorCode)) return exitCode.noEngine;
  return report.outcome === 'held' ? exitCode.fine : exitCode.negative;
}

const noEngineCodes = [
  'no-engine',
  'engine-denied',
  'engine-gone',
  'engine-silent',
  'no-base-image',
  'limits-not-enforced',
];

/** Tells whether a failure means that there is no engine to work with. */
export function isNoEngine(code: string | null): boolean {
  return code !== null && noEngineCodes.includes(code);
}

function waitForKey(terminal: Terminal): BeforeStep {
  return async (index, title, signal) => {
    if (terminal.in.isTTY !== true) return;
    const lines = createInterface({ input: terminal.in, output: terminal.err });
    lines.on('SIGINT', () => process.emit('SIGINT'));
    try {
      await lines.question(`Next: ${index + 1}. ${title} — press Enter `, { signal });
    } catch (error) {
      if (!(error instanceof Error && error.name === 'AbortError')) throw error;
    } finally {
      lines.close();
    }
  };
}
