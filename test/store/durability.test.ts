import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Store } from '../../src/store/store.ts';
import { temporaryFolder } from '../engines/test-engine.ts';
import { accessStore, openRaw, openTestStore } from './open-test-store.ts';

const program = fileURLToPath(new URL('./store-process.ts', import.meta.url));
const endless = '1000000';

function start(folder: string, work: string, name: string, times: string): ChildProcess {
  return spawn(process.execPath, [program, folder, work, name, times], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** The whole lines that a process printed until it ended: a kill may cut the last one. */
async function linesOf(child: ChildProcess): Promise<string[]> {
  if (!child.stdout) throw new Error('The process has no output');
  return (await text(child.stdout)).split('\n').slice(0, -1);
}

/** What a store holds, in the words in which a process acknowledges its writes. */
async function heldLines(store: Store, acknowledged: readonly string[]): Promise<Set<string>> {
  const runs = await store.runs.since(0);
  const gaps = await store.gaps.list('T1', 0);
  const named = (kind: string) =>
    acknowledged.filter((line) => line.startsWith(`${kind} `)).map((line) => line.slice(kind.length + 1));
  const votes = await Promise.all(named('vote').map((message) => votesOf(store, message)));
  const settings = await Promise.all(
    named('settings').map(async (team) => ((await store.settings.get(team)).own ? [`settings ${team}`] : [])),
  );
  return new Set([
    ...gaps.map(({ question }) => `gap ${question}`),
    ...votes.flat(),
    ...settings.flat(),
    ...runs.map(({ runId }) => `start ${runId}`),
    ...runs.filter(({ outcome }) => outcome === 'held').map(({ runId }) => `end ${runId}`),
  ]);
}

const votesOf = async (store: Store, message: string) =>
  (await store.votes.forMessage('T1', 'C1', message)).map((vote) => `vote ${vote.question}`);

describe('killed with SIGKILL', () => {
  test('at 50 random moments, a process loses no vote, gap, setting or audit row that it was told is kept', async () => {
    const folder = await temporaryFolder();
    const acknowledged: string[] = [];
    for (let round = 0; round < 50; round++) {
      const child = start(folder, 'write', `r${round}`, endless);
      const lines = linesOf(child);
      if (child.stdout) await once(child.stdout, 'data');
      await sleep(Math.random() * 60);
      child.kill('SIGKILL');
      const [, signal] = await once(child, 'exit');
      expect(signal).toBe('SIGKILL');
      acknowledged.push(...(await lines).filter((line) => line !== 'ready'));
    }
    const store = await accessStore(folder).open();
    const held = await heldLines(store, acknowledged);
    expect(acknowledged.length).toBeGreaterThan(100);
    expect(acknowledged.filter((line) => !held.has(line))).toEqual([]);
    expect(openRaw(folder).prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    // At most one run of each killed process was between its start and its end.
    expect(new Set((await store.runs.unfinished()).map((run) => run.process)).size).toBe(
      (await store.runs.unfinished()).length,
    );
  }, 180_000);
});

describe('several processes on one file', () => {
  test('that start at once on an empty folder all come up, and lose nothing of what each writes', async () => {
    const folder = await temporaryFolder();
    const names = ['a', 'b', 'c', 'd'];
    const lines = await Promise.all(names.map((name) => linesOf(start(folder, 'write', name, '60'))));
    expect(lines.map((each) => each.at(-1))).toEqual(names.map(() => 'done'));
    const store = await accessStore(folder).open();
    expect((await store.runs.since(0)).filter(({ outcome }) => outcome === 'held')).toHaveLength(240);
    expect(await store.gaps.list('T1', 0)).toHaveLength(240);
    const votes = openRaw(folder).prepare('SELECT entry, vote, count(*) AS people FROM votes GROUP BY entry, vote');
    expect(votes.all()).toEqual([{ entry: 'e', vote: 'helpful', people: 240 }]);
  });

  test('take each event exactly once between them', async () => {
    const folder = await temporaryFolder();
    const takers = ['a', 'b', 'c'].map((name) => linesOf(start(folder, 'take', name, '500')));
    const taken = (await Promise.all(takers)).flat().filter((line) => /^\d+$/.test(line));
    expect(taken).toHaveLength(500);
    expect(new Set(taken).size).toBe(500);
  });

  test('change different settings of a team without losing either', async () => {
    const { store, folder } = await openTestStore();
    const other = await accessStore(folder).open();
    await store.settings.get('T1');
    await other.settings.put('T1', { askHuman: 'C1' });
    await store.settings.put('T1', { digestChannel: 'C2' });
    expect((await other.settings.get('T1')).settings).toMatchObject({ askHuman: 'C1', digestChannel: 'C2' });
  });
});
