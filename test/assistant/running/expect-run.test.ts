import { expect, test } from 'vitest';
import { createAssistant } from '../../../src/assistant/create-assistant.ts';
import { readConfig } from '../../../src/config.ts';
import { defineDemo } from '../../../src/demos/catalogue/demo.ts';
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

const place = { id: 'slack:T1:C1' };
const person = { id: 'slack:T1:U1', team: 'T1', guest: false };

/** An assistant of which it is known what it makes ahead. */
async function openAssistant(warm: boolean) {
  const { store } = await openTestStore();
  const { engine } = await openTestEngine();
  const made: (string | null)[] = [];
  const notAsked = () => {
    throw new Error('not asked here');
  };
  const matcher = { match: notAsked, matchFollowUp: notAsked, terms: () => [] };
  const assistant = createAssistant({
    knowledge: () => ({ entries: new Map(), matcher, outline: { chapters: {}, statements: {}, topics: {} } }),
    demos: new Map([[brief.id, brief]]),
    engine: async () => ({ ...engine, warm: ({ demo }) => void made.push(demo) }),
    limits: readConfig({}).demoLimits,
    defaults: readConfig({}).team,
    store: async () => store,
    warm,
  });
  return { assistant, store, made };
}

test('a demo is made ahead for whoever may run it', async () => {
  const { assistant, made } = await openAssistant(true);
  await assistant.expectRun('brief', async () => ({ who: person, where: place }));
  expect(made).toEqual(['brief']);
});

test('of many answers at once one demo is made ahead, and one person looked up', async () => {
  const { assistant, made } = await openAssistant(true);
  let looks = 0;
  const asked = async () => {
    looks++;
    return { who: person, where: place };
  };
  await Promise.all(Array.from({ length: 9 }, () => assistant.expectRun('brief', asked)));
  expect([made, looks]).toEqual([['brief'], 1]);
});

test.each([
  ['a guest', { guest: true }, {}],
  ['somebody who may be a guest', { guest: null }, {}],
  ['somebody who runs no demos', {}, { demoPeople: ['U9'] }],
  ['a channel without demos', {}, { demoChannels: ['C9'] }],
  ['a team that has run all of today', {}, { dailyDemoBudget: 0 }],
])('nothing is made ahead for %s', async (_, facts, settings) => {
  const { assistant, store, made } = await openAssistant(true);
  await store.settings.put('T1', settings);
  await assistant.expectRun('brief', async () => ({ who: { ...person, ...facts }, where: place }));
  expect(made).toEqual([]);
});

test('nobody is looked up where nothing is made ahead', async () => {
  const { assistant } = await openAssistant(false);
  await assistant.expectRun('brief', () => Promise.reject(new Error('looked up')));
});
