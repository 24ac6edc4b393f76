import { setTimeout as sleep } from 'node:timers/promises';
import type { DemoLimits } from '../../config.ts';
import type { DemoCatalogue } from '../../demos/catalogue/find-demos.ts';
import type { DemoEngine } from '../../sandbox/demo-engine.ts';
import { SandboxError } from '../../sandbox/sandbox-error.ts';
import type { Store } from '../../store/store.ts';
import type { Demos } from '../assistant.ts';
import { AssistantError } from '../assistant-error.ts';
import { readDetails } from '../run-details.ts';
import type { TeamSettings } from '../team-settings.ts';
import { closeInterrupted, longestRun } from './audit.ts';
import { createExpectation } from './expect-run.ts';
import { createQueuedRuns } from './queued-runs.ts';
import { createPermits } from './run-permission.ts';
import { summarise } from './summarise.ts';

/** Milliseconds that closing may take, whatever the engine does. What is left then the reaper of the next start removes. */
const closingLimit = 8000;

/** What runs demos. */
export interface DemoParts {
  /** The demos that can be listed and run. */
  readonly demos: DemoCatalogue;
  /** Opens the engine, at the first call; the same one after it. */
  readonly engine: () => Promise<DemoEngine>;
  readonly limits: DemoLimits;
  /** Null where nothing outlives the process. @throws StoreUnavailable */
  readonly store: () => Promise<Pick<Store, 'runs' | 'settings'> | null>;
  /** What is in force where there is no store. */
  readonly defaults: TeamSettings;
  /** Whether what a demo begins with is made as soon as an answer offers it. */
  readonly warm: boolean;
  /** The sentence of a claim; its id where no entry makes it. */
  readonly claimText: (id: string) => string;
}

/** Makes what runs demos, and what ends it. */
export function createDemos(parts: DemoParts): Demos & { readonly close: () => Promise<void> } {
  const { demos, engine, limits, store } = parts;
  const closing = new AbortController();
  let opened: Promise<DemoEngine> | null = null;
  const openEngine = (): Promise<DemoEngine> => {
    opened ??= engine();
    return opened;
  };
  const { permit, checkRun } = createPermits(store, parts.defaults);
  const { claimText } = parts;
  const runs = createQueuedRuns({ openEngine, limits, store, claimText, closing: closing.signal });

  return {
    demos: () => [...demos.values()].map(summarise),
    checkRun,
    expectRun: createExpectation({ demos, openEngine, checkRun, ahead: parts.warm, closing: closing.signal }),
    async *runDemo(request) {
      const demo = demos.get(request.demo);
      if (!demo) throw unknownDemo(request.demo, demos);
      if (closing.signal.aborted)
        throw new AssistantError('not-allowed', 'Dockproof is shutting down. Try again in a minute');
      yield* runs.run(demo, request, await permit(request));
    },
    async closeInterrupted() {
      const kept = (await store())?.runs;
      const closed = kept ? await closeInterrupted(kept, Date.now(), longestRun(limits)) : [];
      return closed.flatMap(({ team, demo: id, message }) => {
        const demo = demos.get(id);
        return demo ? [{ team, demo: summarise(demo), message }] : [];
      });
    },
    noteRunMessage: async (runId, message) => void (await (await store())?.runs.noteMessage(runId, message)),
    runDetails: async (team, runId) => readDetails((await (await store())?.runs.details(team, runId)) ?? null),
    audit: async (since) => (await (await store())?.runs.since(since)) ?? [],
    async close() {
      closing.abort(new SandboxError('stopped', 'I am being restarted. Run it again in a minute'));
      const current = await opened;
      const cleared = Promise.all([runs.ended(), current?.close()]);
      await Promise.race([cleared, sleep(closingLimit, undefined, { ref: false })]);
      current?.disconnect();
    },
  };
}

function unknownDemo(id: string, demos: DemoCatalogue): AssistantError {
  const known = [...demos.keys()].join(', ');
  const shown = id.length > 60 ? `${id.slice(0, 60)}…` : id;
  return new AssistantError('unknown-demo', `There is no demo "${shown}". The demos are: ${known}`);
}
