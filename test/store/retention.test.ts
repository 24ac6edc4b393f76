import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { projectFolder } from '../../src/assemble.ts';
import { auditDays, retention } from '../../src/store/retention.ts';
import type { Store } from '../../src/store/store.ts';
import { newKey, openRaw, openTestStore } from './open-test-store.ts';

const day = 24 * 60 * 60 * 1000;
const now = Date.UTC(2030, 0, 1);

/** Writes one of everything for a team, all of one age. */
async function fill(store: Store, team: string, at: number): Promise<void> {
  const event = String(at);
  const asked = { team, place: 'C1', person: 'U1', question: 'q', at };
  await store.votes.put({ ...asked, message: event, entry: 'e', vote: 'helpful' });
  const { id } = await store.gaps.add({ ...asked, event, normalised: 'q', kind: 'unknown', nearest: [] });
  const reply = { channel: 'C1', thread: null };
  const limit = { since: at + 1, most: 1 };
  await store.gaps.escalate(team, id, { by: 'U1', at, permalink: null, asker: 'U1', reply, limit });
  const runId = `${team}-${at}`;
  await store.runs.open({
    runId,
    team,
    demo: 'd',
    person: 'U1',
    place: 'C1',
    surface: 's',
    process: 'p',
    startedAt: at,
  });
  await store.runs.noteMessage(runId, { channel: 'C1', ts: '1' });
  await store.runs.close(runId, { outcome: 'held', receipt: {}, endedAt: at });
  await store.runs.keepDetails(runId, {}, at);
  await store.predictions.put({ team, poll: event, demo: 'd', person: 'U1', option: 0, at });
  await store.threads.put({ team, channel: 'C1', thread: event, lastEntry: null, lastAt: at });
  await store.threads.addPerson({ team, channel: 'C1', thread: event }, 'U1');
  await store.answers.put({ team, channel: 'C1', questionTs: event, answers: ['2'], question: 'q', asker: 'U1', at });
  await store.digests.claim(team, at, at);
  await store.seenEvents.take(team, 'C1', event, at);
  await store.settings.put(team, { dailyDemoBudget: 1 });
  await store.installations.put({ kind: 'team', id: team }, { team });
}

/** Table → number of rows, for every table of the file. */
function countRows(folder: string): Record<string, number> {
  const raw = openRaw(folder);
  const names = raw.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
  return Object.fromEntries(
    names.map(({ name }) => [String(name), Number(raw.prepare(`SELECT count(*) AS n FROM ${name}`).get()?.n)]),
  );
}

const openFull = () => openTestStore({ current: newKey(), previous: null });
const auditTables = ['run_starts', 'run_messages', 'run_ends'];

describe('pruning', () => {
  const kinds = [...retention, ...auditTables.map((table) => ({ table, days: auditDays }))];

  test.each(kinds)('$table: a row of $days days stays, an older one goes', async ({ table, days }) => {
    const { store, folder } = await openFull();
    await fill(store, 'T1', now - days * day);
    await fill(store, 'T1', now - days * day - 1);
    const before = countRows(folder);
    expect(await store.prune(now)).toBeGreaterThan(0);
    expect([before[table], countRows(folder)[table]]).toEqual([2, 1]);
  });

  test('takes what hangs on a row with it, and leaves settings and installations', async () => {
    const { store, folder } = await openFull();
    await fill(store, 'T1', now - 10_000 * day);
    await store.prune(now);
    const left = Object.entries(countRows(folder)).filter(([, rows]) => rows > 0);
    expect(left).toEqual([
      ['installations', 1],
      ['settings', 1],
    ]);
  });

  test('twice finds nothing more', async () => {
    const { store } = await openFull();
    await fill(store, 'T1', now - 10_000 * day);
    await store.prune(now);
    expect(await store.prune(now)).toBe(0);
  });

  test('leaves the audit record locked', async () => {
    const { store, folder } = await openFull();
    await fill(store, 'T1', now);
    await store.prune(now);
    expect(() => openRaw(folder).exec('DELETE FROM run_ends')).toThrow('append-only');
  });
});

describe('deleting a workspace', () => {
  test('removes every row of it, audit record included, and none of another', async () => {
    const { store, folder } = await openFull();
    await fill(store, 'T2', now);
    const other = countRows(folder);
    await fill(store, 'T1', now);
    await fill(store, 'T1', now - 1);
    expect(await store.deleteTeam('T1')).toBeGreaterThan(0);
    expect(countRows(folder)).toEqual(other);
    expect(await store.runs.since(0)).toHaveLength(1);
    expect(await store.deleteTeam('T1')).toBe(0);
  });

  test('fills and then empties every table that there is, so that a new table cannot be forgotten', async () => {
    const { store, folder } = await openFull();
    await fill(store, 'T1', now);
    const full = Object.entries(countRows(folder)).filter(([name]) => name !== 'retention_pass');
    expect(full.filter(([, rows]) => rows === 0)).toEqual([]);
    await store.deleteTeam('T1');
    expect(Object.values(countRows(folder)).filter((rows) => rows > 0)).toEqual([]);
  });

  test('fails wholly where one part fails', async () => {
    const { store, folder } = await openFull();
    await fill(store, 'T1', now);
    const before = countRows(folder);
    openRaw(folder).exec(
      "CREATE TRIGGER fault BEFORE DELETE ON installations BEGIN SELECT raise(ABORT, 'a fault'); END",
    );
    await expect(store.deleteTeam('T1')).rejects.toThrow('a fault');
    expect(countRows(folder)).toEqual(before);
  });
});

test('docs/store.md tells for each table how long it is kept', async () => {
  const text = await readFile(`${projectFolder}docs/store.md`, 'utf8');
  const told = Object.fromEntries(
    [...text.matchAll(/^\| ([^|]+) \|.*\| (\d+) days? \|$/gm)].flatMap(([, tables = '', days]) =>
      [...tables.matchAll(/`(\w+)`/g)].map(([, table]) => [table, Number(days)]),
    ),
  );
  const kept = Object.fromEntries(retention.map(({ table, days }) => [table, days]));
  expect(told).toMatchObject({ ...kept, ...Object.fromEntries(auditTables.map((table) => [table, auditDays])) });
});
