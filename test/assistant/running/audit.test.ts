import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../../src/assistant/assistant.ts';
import { createAssistant } from '../../../src/assistant/create-assistant.ts';
import { readConfig } from '../../../src/config.ts';
import { defineDemo } from '../../../src/demos/catalogue/demo.ts';
import type { Store } from '../../../src/store/store.ts';
import { StoreUnavailable } from '../../../src/store/store-error.ts';
import { openTestEngine } from '../../engines/test-engine.ts';
import { openTestStore } from '../../store/open-test-store.ts';

const brief = defineDemo({
  id: 'brief',
  title: 'Say something in a container',
  question: { text: 'What will it say, then?', options: ['done', 'nothing'], right: 0 },
  claims: ['said'],
  steps: { say: 'Say it' },
  async *run({ sandbox, step, tested }) {
    const { output } = yield* step('say', () => sandbox.runOnce({ name: 'a', script: 'echo done' }));
    yield tested('said', { predicted: 'done', observed: output, held: output === 'done' });
  },
});

async function openAssistant(store: () => Promise<Store | null>, settings: Record<string, string> = {}) {
  const { engine } = await openTestEngine();
  const notAsked = () => {
    throw new Error('not asked here');
  };
  const matcher = {
    match: notAsked,
    matchFollowUp: notAsked,
    terms: () => [],
  };
  const knowledge = () => ({ entries: new Map(), matcher, outline: { chapters: {}, statements: {}, topics: {} } });
  const { demoLimits: limits, team: defaults } = readConfig(settings);
  const demos = new Map([[brief.id, brief]]);
  return createAssistant({ knowledge, demos, engine: async () => engine, limits, defaults, store });
}

function request(who: { id?: string; team?: string; guest?: boolean } = {}, signal = new AbortController().signal) {
  return {
    demo: 'brief',
    who: { id: 'slack:T1:U1', team: 'T1', ...who },
    where: { id: 'slack:T1:C1' },
    signal,
  };
}

const operator = { id: 'terminal' };

async function play(events: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const seen: RunEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

describe('the record of runs', () => {
  test('holds who ran which demo where and when, the outcome, and the receipt', async () => {
    const { store } = await openTestStore();
    const assistant = await openAssistant(async () => store);
    const [started] = await play(assistant.runDemo(request()));
    if (started?.type !== 'started') throw new Error('The run did not start');
    await assistant.noteRunMessage(started.runId, { channel: 'C1', ts: '1.2' });
    expect(await store.runs.since(0)).toMatchObject([
      {
        runId: started.runId,
        demo: 'brief',
        person: 'slack:T1:U1',
        place: 'slack:T1:C1',
        surface: 'slack',
        outcome: 'held',
        receipt: { runId: started.runId, leftovers: 0 },
        message: { channel: 'C1', ts: '1.2' },
      },
    ]);
  });

  test('holds a run that is stopped, and one that nobody follows to its end', async () => {
    const { store } = await openTestStore();
    const assistant = await openAssistant(async () => store);
    const stop = new AbortController();
    for await (const event of assistant.runDemo(request({}, stop.signal))) if (event.type === 'started') stop.abort();
    for await (const event of assistant.runDemo(request())) if (event.type === 'step-started') break;
    expect((await store.runs.since(0)).map(({ outcome }) => outcome)).toEqual(['stopped', 'stopped']);
    expect(await store.runs.unfinished()).toEqual([]);
  });

  test('holds a run from the moment it is asked for, so that one that waits is known after a crash', async () => {
    const { store } = await openTestStore();
    const assistant = await openAssistant(async () => store, { DEMO_CONCURRENCY: '1' });
    const first = play(assistant.runDemo(request()));
    const second = assistant.runDemo(request({ id: 'slack:T1:U2' }))[Symbol.asyncIterator]();
    const { value: queued } = await second.next();
    if (queued?.type !== 'queued') throw new Error('The second run did not wait');
    await assistant.noteRunMessage(queued.runId, { channel: 'C1', ts: '1.2' });
    const unfinished = await store.runs.unfinished();
    expect(unfinished.map(({ person }) => person)).toEqual(['slack:T1:U1', 'slack:T1:U2']);
    expect(unfinished[1]).toMatchObject({ runId: queued.runId, message: { channel: 'C1', ts: '1.2' } });
    await second.return?.();
    await first;
    expect((await store.runs.since(0)).map(({ outcome }) => outcome)).toEqual(['stopped', 'held']);
  });

  test('is needed: a run that cannot be put on record does not start', async () => {
    const assistant = await openAssistant(() => {
      throw new StoreUnavailable('failed', 'The store is broken. Mend it');
    });
    await expect(play(assistant.runDemo(request()))).rejects.toThrow(StoreUnavailable);
  });

  test('closes the runs of a process that died as interrupted, once, and leaves those of a living one', async () => {
    const { store } = await openTestStore();
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(child, 'spawn');
    const dead = `${hostname()}/${child.pid}/1`;
    child.kill('SIGKILL');
    await once(child, 'close');
    const start = { team: 'T1', demo: 'brief', person: 'p', place: 'c', surface: 'slack', startedAt: Date.now() };
    await store.runs.open({ ...start, runId: 'dead', process: dead });
    await store.runs.open({ ...start, runId: 'elsewhere', process: 'another-host/1/1' });
    await store.runs.open({ ...start, runId: 'long ago elsewhere', process: 'another-host/1/1', startedAt: 0 });
    await store.runs.noteMessage('dead', { channel: 'C1', ts: '1.2' });
    const assistant = await openAssistant(async () => store);
    expect(await assistant.closeInterrupted()).toMatchObject([
      { team: 'T1', demo: { id: 'brief' }, message: { channel: 'C1', ts: '1.2' } },
      { team: 'T1', demo: { id: 'brief' }, message: null },
    ]);
    expect((await store.runs.unfinished()).map(({ runId }) => runId)).toEqual(['elsewhere']);
    expect(await assistant.closeInterrupted()).toEqual([]);
  });
});

describe('who may run demos', () => {
  test('is what the team has set: people, channels, guests, and how many a day', async () => {
    const { store } = await openTestStore();
    const assistant = await openAssistant(async () => store);
    const outcome = (who = {}) =>
      play(assistant.runDemo(request(who))).then(
        () => 'ran',
        (error) => `${error.code}: ${error.message}`,
      );
    await store.settings.put('T1', { demoPeople: ['U1'] });
    expect(await outcome({ id: 'slack:T1:U2' })).toMatch(/^not-allowed: Only certain people .* Ask an admin/);
    await store.settings.put('T1', { demoPeople: [], demoChannels: ['C2'] });
    expect(await outcome()).toMatch(/^not-allowed: Demos do not run in this channel/);
    await store.settings.put('T1', { demoChannels: [] });
    expect(await outcome({ guest: true })).toMatch(/^not-allowed: Guests .* Ask somebody of this workspace/);
    await store.settings.put('T1', { guestsMayRunDemos: true, dailyDemoBudget: 2 });
    expect([await outcome({ guest: true }), await outcome()]).toEqual(['ran', 'ran']);
    expect(await outcome()).toMatch(/^budget-spent: Today's 2 demos have been run\. .* midnight UTC/);
    expect(await outcome({ id: 'slack:T2:U1', team: 'T2' })).toBe('ran');
  });

  test('counts the demos that wait, so that a budget holds however many ask at once', async () => {
    const { store } = await openTestStore();
    const assistant = await openAssistant(async () => store, { DEMO_PER_CHANNEL: '9', DEMO_CONCURRENCY: '1' });
    await store.settings.put('T1', { dailyDemoBudget: 2 });
    const people = ['slack:T1:U1', 'slack:T1:U2', 'slack:T1:U3'];
    const outcomes = people.map((id) =>
      play(assistant.runDemo(request({ id }))).then(
        () => 'ran',
        (error) => error.code,
      ),
    );
    expect(await Promise.all(outcomes)).toEqual(['ran', 'ran', 'budget-spent']);
  });

  test('limits nobody who operates the program', async () => {
    const { store } = await openTestStore();
    const assistant = await openAssistant(async () => store, { DEMO_PEOPLE: 'U1' });
    expect(await play(assistant.runDemo({ ...request(), who: operator }))).not.toEqual([]);
  });

  test('keeps nobody who operates the program from running, where the record cannot be written', async () => {
    const { store } = await openTestStore();
    const full = () => {
      throw new StoreUnavailable('full', 'There is no room');
    };
    const assistant = await openAssistant(async () => ({ ...store, runs: { ...store.runs, open: full } }));
    expect((await play(assistant.runDemo({ ...request(), who: operator }))).at(-1)).toMatchObject({
      type: 'finished',
      report: { outcome: 'held' },
    });
    await expect(play(assistant.runDemo(request()))).rejects.toThrow('no room');
  });
});
