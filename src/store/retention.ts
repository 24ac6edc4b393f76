import { type Database, patience, type Statements } from './database.ts';

const day = 24 * 60 * 60 * 1000;

/** How long one kind of data is kept. docs/store.md says why. */
export interface Retention {
  readonly table: string;
  /** The column with the time that counts, in milliseconds since 1970. */
  readonly since: string;
  readonly days: number;
}

/** What is pruned by age. Settings and installations stay until their workspace is deleted. */
export const retention: readonly Retention[] = [
  { table: 'votes', since: 'at', days: 365 },
  { table: 'gaps', since: 'at', days: 365 },
  { table: 'polls', since: 'at', days: 365 },
  { table: 'threads', since: 'last_at', days: 30 },
  { table: 'answers', since: 'at', days: 7 },
  { table: 'run_details', since: 'at', days: 30 },
  { table: 'digests', since: 'at', days: 365 },
  { table: 'seen_events', since: 'at', days: 2 },
];

/** Days for which a demo run stays on record. */
export const auditDays = 365;

/** The tables that refer to a start, and go before it: those of the audit record, and what its runs showed. */
const auditDetails = ['run_ends', 'run_messages', 'run_details'] as const;

/** Tables with a column `team`; what hangs on their rows goes with them. */
const teamTables = ['votes', 'gaps', 'polls', 'threads', 'answers', 'digests', 'seen_events', 'settings'] as const;

/**
 * Removes what is older than its retention.
 * @param now milliseconds since 1970
 * @returns the number of rows removed, what hung on them not counted
 * @throws StoreUnavailable
 */
export async function prune(database: Database, now: number): Promise<number> {
  let removed = 0;
  for (const { table, since, days } of retention) {
    const before = now - days * day;
    removed += await database.write(
      (file) => file.run(`DELETE FROM ${table} WHERE ${since} < :before`, { before }),
      patience.unhurried,
    );
  }
  const audit = { team: null, before: now - auditDays * day };
  return removed + (await database.write((file) => removeAudit(file, audit), patience.unhurried));
}

/**
 * Deletes everything of a workspace, its audit record and its installation included, wholly or not at all.
 * @returns the number of rows removed, what hung on them not counted
 * @throws StoreUnavailable
 */
export function deleteTeam(database: Database, team: string): Promise<number> {
  return database.write((file) => {
    let removed = removeAudit(file, { team, before: null });
    for (const table of teamTables) removed += file.run(`DELETE FROM ${table} WHERE team = :team`, { team });
    return removed + file.run("DELETE FROM installations WHERE kind = 'team' AND id = :team", { team });
  }, patience.unhurried);
}

interface RetentionPass {
  readonly team: string | null;
  readonly before: number | null;
}

/**
 * The only way by which rows of the audit record go. The record's triggers let a row go only while `retention_pass`
 * names its team or a later time. The pass is written and removed in one transaction, so no other process sees it.
 */
function removeAudit(file: Statements, { team, before }: RetentionPass): number {
  const values = { team, before };
  file.run('INSERT INTO retention_pass (team, before) VALUES (:team, :before)', values);
  const due = 'SELECT run FROM run_starts WHERE team = :team OR at < :before';
  for (const table of auditDetails) file.run(`DELETE FROM ${table} WHERE run IN (${due})`, values);
  const removed = file.run('DELETE FROM run_starts WHERE team = :team OR at < :before', values);
  file.run('DELETE FROM retention_pass');
  return removed;
}
