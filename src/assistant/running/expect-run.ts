import type { DemoCatalogue } from '../../demos/catalogue/find-demos.ts';
import { planDemo } from '../../demos/catalogue/plan-demo.ts';
import type { DemoEngine } from '../../sandbox/demo-engine.ts';
import type { Demos } from '../assistant.ts';
import { AssistantError } from '../assistant-error.ts';

/** Milliseconds between two answers whose demos are made ahead. */
const betweenExpected = 1000;

/** What making ahead works with. */
export interface ExpectationParts {
  readonly demos: DemoCatalogue;
  readonly openEngine: () => Promise<DemoEngine>;
  readonly checkRun: Demos['checkRun'];
  /** Whether anything is made ahead. */
  readonly ahead: boolean;
  /** Aborted when nothing more is to be made. */
  readonly closing: AbortSignal;
}

/** Makes what makes ahead what demos begin with. */
export function createExpectation({
  demos,
  openEngine,
  checkRun,
  ahead,
  closing,
}: ExpectationParts): Demos['expectRun'] {
  let expecting = false;
  return async (id, asked) => {
    const demo = demos.get(id);
    // A few are made ahead at most, so of many answers at once one is enough; the others cost no look at who asked.
    if (!demo || !ahead || expecting) return;
    expecting = true;
    setTimeout(() => {
      expecting = false;
    }, betweenExpected).unref();
    try {
      await checkRun(await asked());
    } catch (error) {
      if (error instanceof AssistantError) return;
      throw error;
    }
    const [opening, opened] = await Promise.all([planDemo(demo), openEngine()]);
    if (!closing.aborted) opened.warm(opening);
  };
}
