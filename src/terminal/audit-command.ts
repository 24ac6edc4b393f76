import type { Assistant, RunRecord } from '../assistant/assistant.ts';
import { exitCode, type Terminal } from './terminal.ts';

/** How `audit` was called. */
export interface AuditOptions {
  readonly json: boolean;
  readonly since: Date | null;
}

/**
 * Lists the demo runs on record, newest first: as a table, or as one JSON line each.
 * @returns 0
 * @throws StoreUnavailable
 */
export async function audit(
  assistant: Pick<Assistant, 'audit'>,
  terminal: Terminal,
  { json, since }: AuditOptions,
): Promise<number> {
  const found = await assistant.audit(since?.getTime() ?? 0);
  if (json) for (const run of found) terminal.out.write(`${JSON.stringify(run)}\n`);
  else terminal.out.write(found.length === 0 ? 'No demo run is on record.\n' : renderTable(found, terminal));
  return exitCode.fine;
}

function renderTable(runs: readonly RunRecord[], { style }: Terminal): string {
  const width = Math.max(...runs.map(({ demo }) => demo.length));
  const rows = runs.map(({ startedAt, endedAt, demo, outcome, person, place }) => {
    const took = endedAt === null ? '' : `${((endedAt - startedAt) / 1000).toFixed(1)} s`;
    const cells = [new Date(startedAt).toISOString(), (outcome ?? 'under way').padEnd(11), demo.padEnd(width)];
    return [...cells, took.padStart(8), `${person} in ${place}`].join('  ');
  });
  const when = 'started'.padEnd(24);
  const head = `${when}  ${'outcome'.padEnd(11)}  ${'demo'.padEnd(width)}  ${'took'.padStart(8)}  who and where`;
  return `${[style.faint(head), ...rows].join('\n')}\n`;
}
