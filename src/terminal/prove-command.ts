import type { Assistant } from '../assistant/assistant.ts';
import type { Report } from '../assistant/report.ts';
import type { Entry } from '../knowledge/entry.ts';
import { isNoEngine } from './demo-command.ts';
import { exitCode, type Terminal } from './terminal.ts';

/** What became of one claim of the book. */
export interface ProvenClaim {
  readonly id: string;
  readonly entry: string | null;
  readonly demo: string;
  readonly text: string;
  readonly status: 'held' | 'refuted' | 'not run';
  readonly predicted: string;
  /** What the engine showed, or why the claim was not run. */
  readonly observed: string;
}

/** What `prove` found, as `--json` prints it. */
export interface Proof {
  readonly outcome: 'held' | 'refuted' | 'not run';
  readonly engine: Report['receipt']['engine'];
  readonly claims: readonly ProvenClaim[];
  readonly demos: readonly {
    readonly demo: string;
    readonly outcome: Report['outcome'];
    readonly ms: number;
    readonly error: string | null;
  }[];
  readonly leftovers: number;
  readonly ms: number;
}

/**
 * Runs every demo, one after another, and prints what became of every claim that a demo tests.
 * @returns 0 if every claim held, 1 if one did not or was not run, 3 if no engine could be used
 */
export async function prove(
  assistant: Assistant,
  entries: ReadonlyMap<string, Entry>,
  terminal: Terminal,
  json: boolean,
): Promise<number> {
  const started = performance.now();
  const reports: Report[] = [];
  const claims: ProvenClaim[] = [];
  const owners = new Map(
    [...entries.values()].flatMap((entry) => entry.claims.map((claim) => [claim.id, entry.id] as const)),
  );
  for (const { id, claims: declared } of assistant.demos()) {
    const report = await runToEnd(assistant, id);
    if (isNoEngine(report.errorCode)) {
      terminal.err.write(`${report.error}\n`);
      return exitCode.noEngine;
    }
    reports.push(report);
    const proven = declared.map((claim) => toProven(claim, report, owners));
    claims.push(...proven);
    if (!json) terminal.out.write(renderDemo(report, proven, terminal));
  }
  const proof: Proof = {
    outcome: worst(claims),
    engine: reports[0]?.receipt.engine ?? null,
    claims,
    demos: reports.map(({ demo, outcome, receipt, error }) => ({ demo, outcome, ms: receipt.ms, error })),
    leftovers: reports.reduce((sum, { receipt }) => sum + Math.abs(receipt.leftovers), 0),
    ms: Math.round(performance.now() - started),
  };
  terminal.out.write(json ? `${JSON.stringify(proof)}\n` : renderSummary(proof, terminal));
  return proof.outcome === 'held' ? exitCode.fine : exitCode.negative;
}

async function runToEnd(assistant: Assistant, demo: string): Promise<Report> {
  const signal = new AbortController().signal;
  for await (const event of assistant.runDemo({ demo, who: { id: 'prove' }, where: { id: 'prove' }, signal })) {
    if (event.type === 'finished') return event.report;
  }
  throw new Error(`The demo ${demo} ended without a report`);
}

function toProven(id: string, report: Report, owners: ReadonlyMap<string, string>): ProvenClaim {
  const tested = report.claims.find((claim) => claim.id === id);
  const common = { id, demo: report.demo, entry: owners.get(id) ?? null };
  if (!tested) {
    return {
      ...common,
      text: id,
      status: 'not run',
      predicted: '',
      observed: report.error ?? 'the demo ended before its test',
    };
  }
  const status = tested.held === null ? 'not run' : tested.held ? 'held' : 'refuted';
  return { ...common, text: tested.text, status, predicted: tested.predicted, observed: tested.observed };
}

function worst(claims: readonly ProvenClaim[]): Proof['outcome'] {
  if (claims.some((claim) => claim.status === 'refuted')) return 'refuted';
  return claims.some((claim) => claim.status === 'not run') ? 'not run' : 'held';
}

function renderDemo(report: Report, claims: readonly ProvenClaim[], { style }: Terminal): string {
  const rows = claims.map((claim) => {
    const mark = claim.status === 'held' ? style.good('held   ') : style.bad(claim.status.padEnd(7));
    const detail = claim.status === 'held' ? '' : `\n           ${claim.observed.split('\n')[0]}`;
    return `  ${mark}  ${claim.id}${detail}`;
  });
  const error = report.error === null ? '' : `  ${style.bad(report.error)}\n`;
  return `${style.bold(report.demo)} ${style.faint(`${report.receipt.ms} ms`)}\n${error}${rows.join('\n')}\n`;
}

function renderSummary(proof: Proof, { style }: Terminal): string {
  const count = (status: ProvenClaim['status']) => proof.claims.filter((claim) => claim.status === status).length;
  const engine = proof.engine
    ? `${proof.engine.product} ${proof.engine.version}, ${proof.engine.storageDriver}`
    : 'no engine';
  const counts = `${count('held')} held, ${count('refuted')} refuted, ${count('not run')} not run`;
  return `\n${style.bold(counts)} — ${proof.demos.length} demos on ${engine} in ${(proof.ms / 1000).toFixed(1)} s, ${proof.leftovers} left over\n`;
}
