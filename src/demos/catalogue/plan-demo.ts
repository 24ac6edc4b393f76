import { createPlan } from '../../sandbox/plan.ts';
import type { Opening } from '../../sandbox/warm-pool.ts';
import type { Demo, DemoContext, DemoEvent } from './demo.ts';

/**
 * Finds out what a demo begins with, by letting it run until its first call that has to look at something. Nothing is
 * made and no engine is asked.
 */
export async function planDemo(demo: Demo): Promise<Opening> {
  const plan = createPlan();
  // biome-ignore lint/correctness/useYield: nobody listens to a demo that is planned.
  async function* step<Result>(_: string, action: () => Promise<Result>): AsyncGenerator<DemoEvent, Result, void> {
    return await action();
  }
  const tested = (claim: string): DemoEvent => ({
    type: 'claim-tested',
    finding: { claim, predicted: '', observed: '', held: null },
  });
  const context: DemoContext<string, string> = { sandbox: plan.sandbox, step, tested, notRun: tested };
  const run = async (): Promise<void> => {
    for await (const _ of demo.run(context));
  };
  // What a demo makes of an answer that the plan does not have may be an error.
  await Promise.race([run().catch(() => undefined), plan.ended]);
  return { demo: demo.id, calls: [...plan.calls] };
}
