import { createInterface } from 'node:readline/promises';
import type { Assistant, RunEvent } from '../assistant/assistant.ts';
import type { Report } from '../assistant/report.ts';
import { renderEvent } from './render-report.ts';
import { exitCode, type Terminal } from './terminal.ts';

/** How `demo` was called. */
export interface DemoOptions {
  readonly json: boolean;
  readonly stepByStep: boolean;
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
    const beforeStep = options.stepByStep ? waitForKey(terminal, stop.signal) : undefined;
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
    return report === null ? exitCode.negative : exitCodeOf(report, terminal);
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

function show(event: RunEvent, terminal: Terminal, json: boolean): void {
  if (!json) terminal.out.write(renderEvent(event, terminal.style));
  else if (event.type === 'finished') terminal.out.write(`${JSON.stringify(event.report)}\n`);
}

/** Exit code 3 is for an engine that cannot be used at all; the reason also goes to the diagnostics. */
function exitCodeOf(report: Report, terminal: Terminal): number {
  if (report.error !== null) terminal.err.write(`${report.error}\n`);
  if (isNoEngine(report.errorCode)) return exitCode.noEngine;
  return report.outcome === 'held' ? exitCode.fine : exitCode.negative;
}

/** Tells whether a failure means that there is no engine to work with. */
export function isNoEngine(code: string | null): boolean {
  return code !== null && ['no-engine', 'engine-denied', 'engine-gone', 'no-base-image'].includes(code);
}

/** How long a step waits for the Enter key before it goes on by itself, in milliseconds. */
const patience = 120_000;

function waitForKey(terminal: Terminal, signal: AbortSignal): (index: number, title: string) => Promise<void> {
  return async (index, title) => {
    if (terminal.in.isTTY !== true) return;
    const lines = createInterface({ input: terminal.in, output: terminal.err });
    try {
      const bound = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
      await lines.question(`Next: ${index + 1}. ${title} — press Enter `, { signal: bound });
    } catch (error) {
      if (!(error instanceof Error && error.name === 'AbortError')) throw error;
    } finally {
      lines.close();
    }
  };
}
