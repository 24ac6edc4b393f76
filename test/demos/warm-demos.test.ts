import { expect, test } from 'vitest';
import { createAssistant } from '../../src/assistant/create-assistant.ts';
import type { Report } from '../../src/assistant/report.ts';
import { readConfig } from '../../src/config.ts';
import { findDemos } from '../../src/demos/catalogue/find-demos.ts';
import { planDemo } from '../../src/demos/catalogue/plan-demo.ts';
import { createMatcher } from '../../src/matching/create-matcher.ts';
import { openTestEngine } from '../engines/test-engine.ts';
import { defaultSettings } from '../store/default-settings.ts';

const demos = await findDemos(new URL('../../src/demos/', import.meta.url));
const openings = await Promise.all([...demos.values()].map(planDemo));
const begunAhead = openings.filter(({ calls }) => calls.length > 0);
const outline = { chapters: {}, statements: {}, topics: {} };
const knowledge = { entries: new Map(), matcher: createMatcher([]), outline };
const limits = { ...readConfig({}).demoLimits, concurrency: 1, queue: 1, perPerson: 1, perChannel: 1 };

test('most demos can be begun ahead', () => {
  expect(begunAhead.length).toBeGreaterThan(demos.size / 2);
});

// A test each: together they take longer with every new demo.
test.each(begunAhead.map((opening) => [opening.demo, opening] as const))(
  'the demo %s comes out the same when it was begun ahead',
  async (demo, opening) => {
    const { engine } = await openTestEngine(undefined, { warmRuns: 1 });
    const assistant = createAssistant({
      knowledge: () => knowledge,
      demos,
      engine: async () => engine,
      limits,
      defaults: defaultSettings,
      store: async () => null,
    });
    engine.warm(opening);
    await engine.warmed();
    const report = await lastReport(
      assistant.runDemo({ demo, who: { id: 'w' }, where: { id: 'w' }, signal: new AbortController().signal }),
    );
    expect(report).toMatchObject({ demo, outcome: 'held', receipt: { leftovers: 0 } });
    expect(report.receipt.warm).not.toBeNull();
  },
);

async function lastReport(events: ReturnType<ReturnType<typeof createAssistant>['runDemo']>): Promise<Report> {
  for await (const event of events) if (event.type === 'finished') return event.report;
  throw new Error('The run did not end');
}
