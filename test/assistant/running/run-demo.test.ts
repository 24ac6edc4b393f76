import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../../src/assistant/assistant.ts';
import { createAssistant } from '../../../src/assistant/create-assistant.ts';
import { type Config, readConfig } from '../../../src/config.ts';
import { defineDemo } from '../../../src/demos/catalogue/demo.ts';
import type { DemoCatalogue } from '../../../src/demos/catalogue/find-demos.ts';
import type { Store } from '../../../src/store/store.ts';
import { objectsOfRun, openTestEngine } from '../../engines/test-engine.ts';

const question = { text: 'What will it say, then?', options: ['this', 'that'], right: 0 };

const sleeping = defineDemo({
  id: 'sleeping',
  title: 'Sleep in a container',
  question,
  claims: ['slept'],
  steps: { sleep: 'Sleep' },
  async *run({ sandbox, step, tested }) {
    const result = yield* step('sleep', async () => (await sandbox.run({ name: 'a' })).exec('sleep 0.3; echo done'));
    yield tested('slept', { predicted: 'done', observed: result.output, held: result.output === 'done' });
  },
});
const wrong = defineDemo({
  id: 'wrong',
  title: 'Predict something wrong',
  question,
  claims: ['wrong-claim'],
  steps: { look: 'Look' },
  async *run({ sandbox, step, tested }) {
    const result = yield* step('look', () => sandbox.runOnce({ name: 'a', script: 'echo two' }));
    yield tested('wrong-claim', { predicted: 'one', observed: result.output, held: result.output === 'one' });
  },
});
const failing = defineDemo({
  id: 'failing',
  title: 'Fail in the middle of a step',
  question,
  claims: ['never-tested'],
  steps: { make: 'Make things', fail: 'Fail' },
  async *run({ sandbox, step }) {
    yield* step('make', async () => {
      await sandbox.volume('v');
      await sandbox.run({ name: 'a' });
    });
    yield* step('fail', () => sandbox.build({ name: 'b', dockerfile: ['FROM base', 'RUN exit 9'] }));
  },
});
const straying = defineDemo({
  id: 'straying',
  title: 'Leave a claim untested',
  question,
  claims: ['forgotten'],
  steps: { nothing: 'Do nothing' },
  async *run({ step }) {
    yield* step('nothing', async () => undefined);
  },
});
const speechless = defineDemo({
  id: 'speechless',
  title: 'Find something that is not there',
  question,
  claims: ['unseen'],
  steps: { nothing: 'Do nothing' },
  async *run({ step, tested }) {
    yield* step('nothing', async () => undefined);
    // What a demo gets where a fact is missing and nobody checked the types.
    const facts: { readonly health: string } = JSON.parse('{}');
    yield tested('unseen', { predicted: 'healthy', observed: facts.health, held: facts.health !== 'unhealthy' });
  },
});
const demos: DemoCatalogue = new Map([sleeping, wrong, failing, straying, speechless].map((demo) => [demo.id, demo]));

async function openAssistant(settings: Record<string, string> = {}, store: Store | null = null) {
  const { engine, docker } = await openTestEngine();
  const config: Config = readConfig(settings);
  const notAsked = () => {
    throw new Error('not asked here');
  };
  const matcher = {
    terms: () => [],
    match: notAsked,
    matchFollowUp: notAsked,
  };
  const knowledge = () => ({ entries: new Map(), matcher, outline: { chapters: {}, statements: {}, topics: {} } });
  return {
    docker,
    assistant: createAssistant({
      knowledge,
      demos,
      engine: async () => engine,
      limits: config.demoLimits,
      defaults: config.team,
      store: async () => store,
    }),
  };
}

async function play(events: AsyncIterable<RunEvent>): Promise<RunEvent[]> {
  const seen: RunEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

function request(demo: string, person = 'p', place = 'c', signal = new AbortController().signal) {
  return { demo, who: { id: person, team: 'T1' }, where: { id: place }, signal };
}

function reportOf(events: readonly RunEvent[]) {
  const last = events.at(-1);
  if (last?.type !== 'finished') throw new Error('The run has no report');
  return last.report;
}

describe('a run', () => {
  test('tells its start, each step, each claim and its report, in this order', async () => {
    const { assistant } = await openAssistant();
    const events = await play(assistant.runDemo(request('sleeping')));
    expect(events.map((event) => event.type)).toEqual([
      'started',
      'step-started',
      'step-finished',
      'claim-tested',
      'finished',
    ]);
    expect(reportOf(events)).toMatchObject({ outcome: 'held', receipt: { leftovers: 0 }, error: null });
  });

  test('that shows something else than predicted is refuted, with both on record', async () => {
    const { assistant } = await openAssistant();
    const report = reportOf(await play(assistant.runDemo(request('wrong'))));
    expect(report).toMatchObject({ outcome: 'refuted', claims: [{ predicted: 'one', observed: 'two', held: false }] });
  });

  test('that fails in a step says what failed, keeps what it showed, and leaves nothing', async () => {
    const { assistant, docker } = await openAssistant();
    const report = reportOf(await play(assistant.runDemo(request('failing'))));
    expect(report).toMatchObject({
      outcome: 'failed',
      errorCode: 'engine-refused',
      receipt: { leftovers: 0 },
      steps: [{ title: 'Make things' }],
    });
    expect(await objectsOfRun(docker, report.receipt.runId)).toEqual([]);
  });

  test('of a demo that does not test what it declared fails instead of holding', async () => {
    const { assistant } = await openAssistant();
    expect(reportOf(await play(assistant.runDemo(request('straying'))))).toMatchObject({
      outcome: 'failed',
      errorCode: 'demo-broken',
    });
  });

  test('of a demo whose finding is missing fails and names the claim, instead of holding', async () => {
    const { assistant } = await openAssistant();
    expect(reportOf(await play(assistant.runDemo(request('speechless'))))).toMatchObject({
      outcome: 'failed',
      errorCode: 'demo-broken',
      error: expect.stringContaining('"unseen"'),
      claims: [],
    });
  });

  test('waits before each step for leave, where asked to', async () => {
    const { assistant } = await openAssistant();
    const asked: string[] = [];
    await play(
      assistant.runDemo({
        ...request('sleeping'),
        beforeStep: async (index, title) => void asked.push(`${index} ${title}`),
      }),
    );
    expect(asked).toEqual(['0 Sleep']);
  });

  test('that is stopped in a step ends as stopped and leaves nothing', async () => {
    const { assistant, docker } = await openAssistant();
    const stop = new AbortController();
    const events: RunEvent[] = [];
    for await (const event of assistant.runDemo(request('sleeping', 'p', 'c', stop.signal))) {
      events.push(event);
      if (event.type === 'step-started') stop.abort();
    }
    const report = reportOf(events);
    expect(report).toMatchObject({ outcome: 'stopped', receipt: { leftovers: 0 } });
    expect(await objectsOfRun(docker, report.receipt.runId)).toEqual([]);
  });
});

describe('limits', () => {
  test('let so many run at once; the others are told their place and run in turn', async () => {
    const { assistant } = await openAssistant({ DEMO_CONCURRENCY: '1', DEMO_PER_CHANNEL: '9' });
    const runs = await Promise.all(
      ['a', 'b', 'c'].map((person) => play(assistant.runDemo(request('sleeping', person)))),
    );
    const places = runs.map((events) =>
      events.filter((event) => event.type === 'queued').map((event) => event.position),
    );
    expect(places).toEqual([[], [1], [2, 1]]);
    expect(runs.map((events) => reportOf(events).outcome)).toEqual(['held', 'held', 'held']);
  });

  test.each([
    { what: 'of one person', limit: 'DEMO_PER_PERSON', second: { person: 'ann', place: 'c2' } },
    { what: 'in one channel', limit: 'DEMO_PER_CHANNEL', second: { person: 'bob', place: 'c1' } },
  ])('let a second run $what wait for the first, while those of others go on', async ({ limit, second }) => {
    const many = { DEMO_PER_PERSON: '9', DEMO_PER_CHANNEL: '9' };
    const { assistant } = await openAssistant({ ...many, DEMO_CONCURRENCY: '2', [limit]: '1' });
    const order: string[] = [];
    const follow = async (name: string, person: string, place: string) => {
      for await (const { type } of assistant.runDemo(request('sleeping', person, place))) order.push(`${name} ${type}`);
    };
    await Promise.all([
      follow('first', 'ann', 'c1'),
      follow('second', second.person, second.place),
      follow('other', 'cy', 'c9'),
    ]);
    expect(order).toContain('second queued');
    expect(order.indexOf('first finished')).toBeLessThan(order.indexOf('second started'));
    expect(order.indexOf('other started')).toBeLessThan(order.indexOf('first finished'));
    expect(order).not.toContain('other queued');
    expect(order.filter((each) => each.endsWith(' finished'))).toHaveLength(3);
  });

  test('refuse the same demo twice, as a second press would ask for it, and more of one person than may wait', async () => {
    const { assistant } = await openAssistant({ DEMO_PER_PERSON: '1', DEMO_PER_CHANNEL: '9' });
    const stop = new AbortController();
    const runs = ['c1', 'c2', 'c3', 'c4'].map((place) =>
      play(assistant.runDemo(request('sleeping', 'ann', place, stop.signal))),
    );
    for (const [place, words] of [
      ['c1', 'under way here already'],
      ['c3', 'under way here already'],
      ['c5', '3 demos waiting already'],
    ] as const)
      await expect(play(assistant.runDemo(request('sleeping', 'ann', place)))).rejects.toMatchObject({
        code: 'too-many-runs',
        message: expect.stringContaining(words),
      });
    stop.abort();
    await Promise.all(runs);
    expect(reportOf(await play(assistant.runDemo(request('sleeping', 'ann', 'c1')))).outcome).toBe('held');
  });

  test('refuse more than may wait', async () => {
    const { assistant } = await openAssistant({ DEMO_CONCURRENCY: '1', DEMO_QUEUE: '1', DEMO_PER_CHANNEL: '9' });
    const runs = ['a', 'b', 'c'].map((person) =>
      play(assistant.runDemo(request('sleeping', person))).then(
        (events) => reportOf(events).outcome,
        (error) => error.code,
      ),
    );
    expect((await Promise.all(runs)).sort()).toEqual(['held', 'held', 'too-many-runs']);
  });

  test('give the place of somebody who leaves the queue to the next', async () => {
    const { assistant } = await openAssistant({ DEMO_CONCURRENCY: '1', DEMO_PER_CHANNEL: '9' });
    const stop = new AbortController();
    const first = play(assistant.runDemo(request('sleeping', 'a')));
    const second = play(assistant.runDemo(request('sleeping', 'b', 'c', stop.signal)));
    const third = play(assistant.runDemo(request('sleeping', 'c')));
    stop.abort();
    expect(reportOf(await second)).toMatchObject({
      outcome: 'stopped',
      error: expect.stringContaining('left the queue'),
    });
    expect(reportOf(await first).outcome).toBe('held');
    expect(reportOf(await third).outcome).toBe('held');
  });

  test('keep people and channels out that are not on the lists', async () => {
    const { assistant } = await openAssistant({ DEMO_PEOPLE: 'U1', DEMO_CHANNELS: 'C1' });
    await expect(play(assistant.runDemo(request('sleeping', 'slack:T1:U2', 'slack:T1:C1')))).rejects.toMatchObject({
      code: 'not-allowed',
    });
    await expect(play(assistant.runDemo(request('sleeping', 'slack:T1:U1', 'slack:T1:C2')))).rejects.toMatchObject({
      code: 'not-allowed',
    });
    expect(reportOf(await play(assistant.runDemo(request('sleeping', 'slack:T1:U1', 'slack:T1:C1')))).outcome).toBe(
      'held',
    );
  });

  test('thirty-two runs asked for at once all finish, none fails, and who waits is told each place up to the first', async () => {
    const { assistant } = await openAssistant({ DEMO_PER_CHANNEL: '99', DEMO_CONCURRENCY: '3' });
    let running = 0;
    let most = 0;
    const follow = async (person: string) => {
      const places: number[] = [];
      for await (const event of assistant.runDemo(request('sleeping', person))) {
        if (event.type === 'queued') places.push(event.position);
        if (event.type === 'started') most = Math.max(most, ++running);
        if (event.type === 'finished') {
          running--;
          return { places, outcome: event.report.outcome };
        }
      }
      throw new Error('The run has no report');
    };
    const runs = await Promise.all(Array.from({ length: 32 }, (_, n) => follow(`p${n}`)));
    expect(new Set(runs.map(({ outcome }) => outcome))).toEqual(new Set(['held']));
    expect(most).toBe(3);
    const waited = runs.filter(({ places }) => places.length > 0);
    expect(waited).toHaveLength(29);
    for (const [index, { places }] of waited.entries()) {
      expect(places[0]).toBe(index + 1);
      expect(places.at(-1)).toBe(1);
      expect(places).toEqual([...places].sort((a, b) => b - a));
    }
  });
});

test('closing stops what runs, cleans it up, and refuses what comes after', async () => {
  const { assistant } = await openAssistant();
  const run = play(assistant.runDemo(request('sleeping')));
  await assistant.close();
  expect(reportOf(await run)).toMatchObject({
    outcome: 'stopped',
    error: expect.stringContaining('restarted'),
    receipt: { leftovers: 0 },
  });
  await expect(play(assistant.runDemo(request('sleeping')))).rejects.toMatchObject({ code: 'not-allowed' });
});
