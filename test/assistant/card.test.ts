import { describe, expect, test } from 'vitest';
import { toCard } from '../../src/assistant/card.ts';
import type { Report } from '../../src/assistant/report.ts';
import { readDetails, toDetails } from '../../src/assistant/run-details.ts';

const report: Report = {
  demo: 'a-demo',
  title: 'A demo',
  outcome: 'held',
  steps: [{ title: 'Write', command: 'docker run', output: 'hello', ms: 12, lives: [] }],
  claims: [{ id: 'c', text: 'It is gone.', predicted: 'gone', observed: 'gone', held: true }],
  receipt: {
    runId: 'r1',
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
};

describe('the card of a run', () => {
  test('says how it ended, what became of each step, and in one line where it ran, what it made and what is left', () => {
    expect(toCard(report, ['Write', 'Read'], null)).toMatchObject({
      runId: 'r1',
      verdict: 'Every claim held.',
      reason: null,
      steps: [
        { title: 'Write', end: 'done', ms: 12 },
        { title: 'Read', end: 'not-begun', ms: null },
      ],
      receipt: 'Receipt: no engine · 2 containers, 1 image made · 0 left over · 900 ms',
      hasScript: true,
    });
  });

  test.each([
    ['failed', 'failed'],
    ['stopped', 'stopped'],
  ] as const)('of a run that %s tells the step that it was in from those that were not begun', (outcome, end) => {
    const { steps } = toCard({ ...report, outcome }, ['Write', 'Read', 'Look'], 1);
    expect(steps.map((step) => step.end)).toEqual(['done', end, 'not-begun']);
  });

  test.each([
    ['It left the queue before it began', 'It left the queue before it began.'],
    ['The run was stopped', 'The run was stopped.'],
  ])('of a run that was stopped before it began (%s) says only that', (error, verdict) => {
    const left = { ...report, outcome: 'stopped', error, errorCode: 'stopped', steps: [], claims: [] } as const;
    expect(toCard(left, ['Write', 'Read'], null)).toMatchObject({
      ...{ verdict, reason: null, claims: [], steps: [], receipt: null, hasScript: false },
    });
  });

  test('gives a reason only where it adds to the verdict', () => {
    const stopped = (error: string) =>
      toCard({ ...report, outcome: 'stopped', error, errorCode: 'stopped' }, [], null).reason;
    expect(stopped('The run was stopped')).toBeNull();
    expect(stopped('I am being restarted. Run it again in a minute')).toBe(
      'I am being restarted. Run it again in a minute.',
    );
  });

  test('tells a team nothing of the engine’s address', () => {
    const failed = { outcome: 'failed', error: 'unix:///secret.sock is not there', errorCode: 'no-engine' } as const;
    const { reason } = toCard({ ...report, ...failed }, [], null);
    expect(reason).toContain('npm run engine');
    expect(reason).not.toContain('secret');
  });
});

test('details that were kept are read back, and those that another version kept otherwise are none', () => {
  const details = toDetails(report);
  expect(readDetails(JSON.parse(JSON.stringify(details)))).toEqual(details);
  expect(details.receipt).toContainEqual({ name: 'limits', value: 'no network' });
  for (const kept of [null, {}, { ...details, steps: 'Write' }]) expect(readDetails(kept)).toBeNull();
});
