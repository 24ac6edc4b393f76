import { describe, expect, test } from 'vitest';
import type { RunStart } from '../../src/store/runs.ts';
import { openRaw, openTestStore } from './open-test-store.ts';

const start = (changes: Partial<RunStart> = {}): RunStart => ({
  runId: 'r1',
  team: 'T1',
  demo: 'image-layers',
  person: 'slack:T1:U1',
  place: 'slack:T1:C1',
  surface: 'slack',
  process: 'host/1/100',
  startedAt: 1000,
  ...changes,
});
const receipt = { runId: 'r1', engine: { version: '29.0.0' }, leftovers: 0 };
const end = { outcome: 'held', receipt, endedAt: 1500 } as const;

describe('the audit record', () => {
  test('tells who ran which demo, where, when, and what came of it', async () => {
    const { store } = await openTestStore();
    await store.runs.open(start());
    expect(await store.runs.noteMessage('r1', { channel: 'C1', ts: '1.2' })).toBe(true);
    expect(await store.runs.close('r1', end)).toBe(true);
    expect(await store.runs.since(0)).toEqual([{ ...start(), ...end, message: { channel: 'C1', ts: '1.2' } }]);
  });

  test('names the runs that began and never ended, oldest first', async () => {
    const { store } = await openTestStore();
    for (const runId of ['r1', 'r2', 'r3']) await store.runs.open(start({ runId }));
    await store.runs.close('r2', end);
    const unfinished = await store.runs.unfinished();
    expect(unfinished.map(({ runId }) => runId)).toEqual(['r1', 'r3']);
    expect(unfinished[0]).toMatchObject({ outcome: null, endedAt: null, receipt: null, message: null });
  });

  test('takes one end and one message of a run, and none of a run that it does not know', async () => {
    const { store } = await openTestStore();
    await store.runs.open(start());
    await store.runs.close('r1', end);
    await store.runs.noteMessage('r1', { channel: 'C1', ts: '1.2' });
    expect(await store.runs.close('r1', { outcome: 'interrupted', receipt: null, endedAt: 9 })).toBe(false);
    expect(await store.runs.noteMessage('r1', { channel: 'C2', ts: '9' })).toBe(false);
    expect(await store.runs.close('r2', end)).toBe(false);
    expect(await store.runs.noteMessage('r2', { channel: 'C2', ts: '9' })).toBe(false);
    expect(await store.runs.since(0)).toMatchObject([{ outcome: 'held', message: { ts: '1.2' } }]);
  });

  test('keeps what a run showed beside it, once, for its team alone', async () => {
    const { store } = await openTestStore();
    await store.runs.open(start());
    expect(await store.runs.keepDetails('r1', { script: 'first' }, 1)).toBe(true);
    expect(await store.runs.keepDetails('r1', { script: 'second' }, 2)).toBe(false);
    expect(await store.runs.keepDetails('r2', {}, 1)).toBe(false);
    expect(await store.runs.details('T1', 'r1')).toEqual({ script: 'first' });
    expect(await store.runs.details('T2', 'r1')).toBeNull();
    expect(await store.runs.details('T1', 'r2')).toBeNull();
  });

  test('refuses a second start under the same id', async () => {
    const { store } = await openTestStore();
    await store.runs.open(start());
    await expect(store.runs.open(start({ person: 'slack:T1:U2' }))).rejects.toThrow(
      expect.objectContaining({ name: 'StoreRefused', message: expect.stringContaining('append-only') }),
    );
  });

  test('lists the runs since a time, newest first', async () => {
    const { store } = await openTestStore();
    for (const [runId, startedAt] of [
      ['a', 1],
      ['b', 3],
      ['c', 2],
    ] as const)
      await store.runs.open(start({ runId, startedAt }));
    await store.runs.open(start({ runId: 'd', team: 'T2', startedAt: 4 }));
    expect((await store.runs.since(2)).map(({ runId }) => runId)).toEqual(['d', 'b', 'c']);
  });

  test('counts the runs of a team, a person or a place since a time', async () => {
    const { store } = await openTestStore();
    await store.runs.open(start({ runId: 'a', startedAt: 10 }));
    await store.runs.open(start({ runId: 'b', startedAt: 20, person: 'slack:T1:U2' }));
    await store.runs.open(start({ runId: 'c', startedAt: 30, place: 'slack:T1:C2' }));
    await store.runs.open(
      start({ runId: 'd', startedAt: 30, team: 'T2', person: 'slack:T2:U1', place: 'slack:T2:C1' }),
    );
    expect(await store.runs.countSince({ team: 'T1' }, 0)).toBe(3);
    expect(await store.runs.countSince({ team: 'T1' }, 20)).toBe(2);
    expect(await store.runs.countSince({ person: 'slack:T1:U1' }, 0)).toBe(2);
    expect(await store.runs.countSince({ place: 'slack:T1:C1' }, 0)).toBe(2);
    expect(await store.runs.countSince({ place: 'slack:T1:C9' }, 0)).toBe(0);
  });
});

describe('the audit record cannot be changed, not even by another program on the file', () => {
  test.each([
    ["UPDATE run_starts SET person = 'somebody else'"],
    ["UPDATE run_ends SET outcome = 'held'"],
    ["UPDATE run_messages SET ts = '0'"],
    ['DELETE FROM run_starts'],
    ['DELETE FROM run_ends'],
    ['DELETE FROM run_messages'],
    ["INSERT OR REPLACE INTO run_ends (run, outcome, receipt, at) VALUES ('r1', 'held', NULL, 0)"],
    ["INSERT OR REPLACE INTO run_messages (run, channel, ts) VALUES ('r1', 'C9', '0')"],
    [
      `INSERT OR REPLACE INTO run_starts (run, team, demo, person, place, surface, process, at)
       VALUES ('r1', 'T1', 'd', 'p', 'p', 's', 'x', 0)`,
    ],
    [
      `INSERT OR REPLACE INTO run_starts (sequence, run, team, demo, person, place, surface, process, at)
       VALUES (1, 'r9', 'T1', 'd', 'p', 'p', 's', 'x', 0)`,
    ],
  ])('%s', async (statement) => {
    const { store, folder } = await openTestStore();
    await store.runs.open(start());
    await store.runs.noteMessage('r1', { channel: 'C1', ts: '1.2' });
    await store.runs.close('r1', { ...end, outcome: 'refuted' });
    const before = await store.runs.since(0);
    expect(before).toHaveLength(1);
    const raw = openRaw(folder);
    // The second connection does not enforce foreign keys, as most programs do not.
    raw.exec('PRAGMA foreign_keys = OFF');
    expect(() => raw.exec(statement)).toThrow('append-only');
    expect(await store.runs.since(0)).toEqual(before);
  });
});
