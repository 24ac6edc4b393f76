import { expect, test } from 'vitest';
import type { DemoSummary } from '../../../src/assistant/assistant.ts';
import type { Report } from '../../../src/assistant/report.ts';
import { runMessage } from '../../../src/slack/runs/run-message.ts';
import { advanceRun, awaitClick, newRun, type RunState } from '../../../src/slack/runs/run-state.ts';
import { refusalOf } from '../../fake-slack/validate-message.ts';

const steps = ['Write a file', 'Remove the container', 'Look for the file'];
const demo: DemoSummary = {
  id: 'a-demo',
  title: 'A demo',
  question: { text: 'What happens?', options: ['a', 'b'], right: 0 },
  steps,
  claims: ['a-claim'],
};

function step(index: number, output: string) {
  return { title: steps[index] ?? '', command: `docker run demo-${index}`, output, ms: 12, lives: [] };
}

function report(fields: Partial<Report>): Report {
  return {
    demo: demo.id,
    title: demo.title,
    outcome: 'held',
    steps: [],
    claims: [{ id: 'a-claim', text: 'It is gone.', predicted: 'gone', observed: '', held: true }],
    receipt: {
      runId: '0a1b2c3d-0000',
      startedAt: '2026-01-01T00:00:00Z',
      ms: 900,
      engineMs: 850,
      warm: null,
      engine: null,
      baseImage: null,
      limits: ['no network'],
      loosened: [],
      created: { containers: 2, images: 1, volumes: 0, networks: 0 },
      leftovers: 0,
    },
    script: '#!/bin/sh\n',
    error: null,
    errorCode: null,
    ...fields,
  };
}

function show(state: RunState): string {
  const { text, blocks } = runMessage(state);
  expect(refusalOf(text, blocks)).toBeNull();
  return JSON.stringify(blocks);
}

test('a run that waits shows its place in the queue, its steps to come, and Stop', () => {
  const shown = show(advanceRun(newRun('key', demo), { type: 'queued', runId: 'r1', position: 3 }));
  expect(shown).toContain('place 3 in the queue');
  expect(shown).toContain('▫️ 1. ');
  expect(shown).toContain('stop_run');
});

test('steps turn from pending to under way to complete with what they printed', () => {
  let state = advanceRun(newRun('key', demo), { type: 'step-started', index: 0, title: 'Write a file' });
  expect(show(state)).toContain('⏳ 1. ');
  state = advanceRun(state, { type: 'step-finished', index: 0, step: step(0, 'hello') });
  const shown = show(state);
  expect(shown).toContain('✅ 1. ');
  expect(shown).toContain('$ docker run demo-0\\nhello');
  expect(shown).toContain('▫️ 2. ');
});

test.each([
  ['failed', '❌ 2. ', 'The engine went away. Start it again.'],
  ['stopped', '⏹️ 2. ', 'The run was stopped'],
] as const)(
  'a run that %s marks the step it was in and the ones that did not run, and says why',
  (outcome, mark, error) => {
    let state = advanceRun(newRun('key', demo), { type: 'step-finished', index: 0, step: step(0, '') });
    state = advanceRun(state, { type: 'step-started', index: 1, title: '' });
    state = advanceRun(state, { type: 'finished', report: report({ outcome, error, claims: [] }) });
    const shown = show(state);
    expect(shown).toContain(mark);
    expect(shown).toContain('➖ 3. ');
    expect(shown).toContain(error);
    expect(shown).not.toContain('stop_run');
    expect(runMessage(state).text).toContain(error);
  },
);

test('a run ends as a card: the verdict, then claims, steps and a line of receipt, and four buttons', () => {
  let state = newRun('key', demo, 'Ann');
  state = advanceRun(state, { type: 'step-finished', index: 0, step: step(0, 'hello') });
  state = advanceRun(state, { type: 'finished', report: report({ steps: [step(0, 'hello')] }) });
  const shown = show(state);
  const order = [
    'Every claim held',
    'It is gone.',
    'Predicted: gone',
    '1. Write a file',
    '0 left over',
    'Started by Ann',
  ];
  const places = [...order, 'run_commands', 'run_script', 'run_receipt', 'run_again'].map((part) =>
    shown.indexOf(part),
  );
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  for (const hidden of ['docker run', '#!/bin/sh', 'no network']) expect(shown).not.toContain(hidden);
});

test('a run that was stopped says so once', () => {
  const stopped = report({ outcome: 'stopped', error: 'The run was stopped', errorCode: 'stopped', claims: [] });
  const { text, blocks } = runMessage(advanceRun(newRun('key', demo), { type: 'finished', report: stopped }));
  expect(text.split('The run was stopped')).toHaveLength(2);
  expect(JSON.stringify(blocks).split('The run was stopped')).toHaveLength(2);
});

test('a card offers nothing that there is not: no commands before the first step, no script of a run that broke off', () => {
  const broken = report({ outcome: 'failed', error: 'It failed', script: '', claims: [] });
  const shown = show(advanceRun(newRun('key', demo), { type: 'finished', report: broken }));
  expect(shown).not.toMatch(/run_commands|run_script/);
  expect(shown).toMatch(/run_receipt[\s\S]*run_again/);
});

test('labels are short however long a step is called, and the step that waits is named beside its button', () => {
  const title = 'Remove the container with its volume and look for the file';
  const shown = awaitClick(newRun('key', { ...demo, steps: [title] }), 0, title);
  const labels = runMessage(shown).blocks.flatMap((block) =>
    block.type === 'actions' ? block.elements.flatMap((each) => ('text' in each ? each.text.text : [])) : [],
  );
  expect(labels).toEqual(['Next step', 'Stop']);
  expect(show(shown)).toContain(`Next: ${title}`);
});

test('while a run goes on only what its latest step printed is in sight', () => {
  let state = newRun('key', demo);
  for (const index of [0, 1])
    state = advanceRun(state, { type: 'step-finished', index, step: step(index, `printed ${index}`) });
  expect(show(state)).toContain('printed 1');
  expect(show(state)).not.toContain('printed 0');
});

test('output and claims of any size are cut to what Slack takes', () => {
  const long = '<!channel> "quoted"\n'.repeat(5000);
  let state = newRun(
    'key',
    { ...demo, title: long, steps: Array.from({ length: 12 }, () => long.slice(0, 200)) },
    long,
  );
  for (let index = 0; index < 12; index++) {
    state = advanceRun(state, { type: 'step-finished', index, step: { ...step(index, long), command: long } });
    show(state);
  }
  const claims = Array.from({ length: 12 }, (_, index) => ({
    id: `c${index}`,
    text: long,
    predicted: long,
    observed: long,
    held: index === 11 ? false : null,
  }));
  state = advanceRun(state, { type: 'finished', report: report({ claims, script: long, error: long }) });
  show(state);
});

test('of more claims than a card has room for, those that did not hold are shown, and the rest is counted', () => {
  const claim = (index: number, held: boolean) => ({
    ...{ id: `c${index}`, text: `Claim ${index} ${'says a lot '.repeat(12)}`, held },
    ...{ predicted: 'one thing and another '.repeat(4), observed: 'something else '.repeat(8) },
  });
  const claims = Array.from({ length: 9 }, (_, index) => claim(index, index < 8));
  const shown = show(
    advanceRun(newRun('key', demo), { type: 'finished', report: report({ outcome: 'refuted', claims }) }),
  );
  expect(shown).toContain('❌ Refuted: Claim 8');
  expect(shown).toMatch(/And \d more claims: see Receipt/);
});
