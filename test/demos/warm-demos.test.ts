import { expect, test } from 'vitest';
import { createAssistant } from '../../src/assistant/create-assistant.ts';
import type { Report } from '../../src/assistant/report.ts';
import { findDemos } from '../../src/demos/catalogue/find-demos.ts';
import { planDemo } from '../../src/demos/catalogue/plan-demo.ts';
import { createMatcher } from '../../src/matching/create-matcher.ts';
import { openTestEngine } from '../engines/test-engine.ts';

test('every demo that can be begun ahead comes out the same when it was', { timeout: 180_000 }, async () => {
  const { engine } = await openTestEngine(undefined, { warmRuns: 1 });
  const demos = await findDemos(new URL('../../src/demos/', import.meta.url));
  const outline = { chapters: {}, statements: {}, topics: {} };
  const knowledge = { entries: new Map(), matcher: createMatcher([]), outline };
  const limits = {
    people: [],
    channels: [],
    concurrency: 1,
    queue: 1,
    perPerson: 1,
    perChannel: 1,
    timeLimitSeconds: 60,
  };
  const assistant = createAssistant({
    knowledge: () => knowledge,
    demos,
    engine: async () => engine,
    limits,
    store: async () => null,
  });
  const warm: string[] = [];
  for (const demo of demos.values()) {
    const opening = await planDemo(demo);
    if (opening.calls.length === 0) continue;
    engine.warm(opening);
    await engine.warmed();
    const report = await lastReport(
      assistant.runDemo({ demo: demo.id, who: { id: 'w' }, where: { id: 'w' }, signal: new AbortController().signal }),
    );
    expect(report).toMatchObject({ demo: demo.id, outcome: 'held', receipt: { leftovers: 0 } });
    expect(report.receipt.warm, demo.id).not.toBeNull();
    warm.push(demo.id);
    await engine.close();
  }
  expect(warm.length).toBeGreaterThan(demos.size / 2);
});

async function lastReport(events: ReturnType<ReturnType<typeof createAssistant>['runDemo']>): Promise<Report> {
  for await (const event of events) if (event.type === 'finished') return event.report;
  throw new Error('The run did not end');
}
