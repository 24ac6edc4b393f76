import { expect, test } from 'vitest';
import type { DemoSummary } from '../../../src/assistant/assistant.ts';
import type { Report } from '../../../src/assistant/report.ts';
import { runMessage, scriptMessage } from '../../../src/slack/runs/run-message.ts';
import { advanceRun, newRun, type RunState } from '../../../src/slack/runs/run-state.ts';
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
  return { title: steps[index] ?? '', command: `docker run demo-${index}`, output, ms: 12 };
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

test('a run ends with claims, receipt, script and a way to run it again', () => {
  const shown = show(advanceRun(newRun('key', demo), { type: 'finished', report: report({}) }));
  for (const part of ['It is gone.', '0 left over', 'Try it yourself', 'Run again']) expect(shown).toContain(part);
});

test('output, claims and a script of any size are cut to what Slack takes, and say that they are', () => {
  const long = '<!channel> "quoted"\n'.repeat(5000);
  let state = newRun('key', { ...demo, title: long, steps: Array.from({ length: 12 }, () => long.slice(0, 200)) });
  for (let index = 0; index < 12; index++) {
    state = advanceRun(state, { type: 'step-finished', index, step: { ...step(index, long), command: long } });
    show(state);
  }
  const claims = Array.from({ length: 12 }, (_, index) => ({
    id: `c${index}`,
    text: long,
    predicted: long,
    observed: long,
    held: null,
  }));
  state = advanceRun(state, { type: 'finished', report: report({ claims, script: long, error: long }) });
  show(state);
  const script = scriptMessage(state);
  expect(refusalOf(script?.text, script?.blocks)).toBeNull();
  expect(JSON.stringify(script?.blocks)).toContain('./dockproof demo a-demo --json');
});

test('a script that did not fit comes below, also where a step printed the words that stand above one', () => {
  const printed = { ...step(0, 'Try it yourself'), command: 'echo Try it yourself' };
  let state = advanceRun(newRun('key', demo), { type: 'step-finished', index: 0, step: printed });
  const long = 'x'.repeat(200);
  const claim = { id: 'a-claim', text: long, predicted: long, observed: long, held: true };
  const ended = report({ claims: Array(8).fill(claim), script: `#!/bin/sh\n${'echo a line\n'.repeat(900)}` });
  state = advanceRun(state, { type: 'finished', report: ended });
  expect(show(state)).not.toContain('#!/bin/sh');
  expect(JSON.stringify(scriptMessage(state)?.blocks)).toContain('#!/bin/sh');
});
