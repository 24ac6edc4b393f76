import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DemoLimits } from '../config.ts';
import type { Demo } from '../demos/catalogue/demo.ts';
import type { DemoCatalogue } from '../demos/catalogue/find-demos.ts';
import { planDemo } from '../demos/catalogue/plan-demo.ts';
import type { DemoEngine } from '../sandbox/demo-engine.ts';
import { SandboxError } from '../sandbox/sandbox-error.ts';
import type { RunBudget } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import { composeEntry, composeReply, type KnownDemos } from './answering/compose-reply.ts';
import type { Assistant, DemoSummary, RunEvent, RunRequest } from './assistant.ts';
import { AssistantError } from './assistant-error.ts';
import { reportGaps } from './gaps/gap-report.ts';
import type { Knowledge } from './knowledge.ts';
import { closeInterrupted, keepRecord, type OpenRecord, recordRun, tryToRecordRun } from './running/audit.ts';
import { boundPauses, longestPause } from './running/pause.ts';
import { runDemo } from './running/run-demo.ts';
import { budgetOf, budgetSpent, checkPermission } from './running/run-permission.ts';
import { createRunQueue } from './running/run-queue.ts';

/** The longest question that is searched, in characters. */
const longestQuestion = 4000;

/** Milliseconds between two answers whose demos are made ahead. */
const betweenExpected = 1000;

/** Seconds that the end of a run may take beyond its time limit. */
const clearingSeconds = 60;

/** Milliseconds after which a run has ended, the longest wait in the queue included. */
function longestRun({ queue, concurrency, timeLimitSeconds }: DemoLimits): number {
  const turns = Math.ceil(queue / concurrency) + 1;
  return turns * (timeLimitSeconds + longestPause + clearingSeconds) * 1000;
}

/** Milliseconds that closing may take, whatever the engine does. What is left then the reaper of the next start removes. */
const closingLimit = 8000;

/** What the assistant is made of. */
export interface AssistantParts {
  /** The knowledge in use at the moment of the call. */
  readonly knowledge: () => Knowledge;
  /** The demos that can be listed and run. */
  readonly demos: DemoCatalogue;
  /** Those that answers offer; the same ones where left out. */
  readonly offered?: KnownDemos;
  /** Opens the engine, at the first call; the same one after it. */
  readonly engine: () => Promise<DemoEngine>;
  readonly limits: DemoLimits;
  /** What outlives the process; null where there is none, as for tests of demos alone. */
  readonly store: () => Promise<Store | null>;
  /** Whether what a demo begins with is made as soon as an answer offers it. */
  readonly warm?: boolean;
  /** Resolves when the knowledge can be asked without a wait; at once where left out. */
  readonly ready?: () => Promise<void>;
}

/** Makes the assistant that every surface calls. */
export function createAssistant({
  knowledge,
  demos,
  offered = demos,
  engine,
  limits,
  store,
  warm: ahead = false,
  ready = () => Promise.resolve(),
}: AssistantParts): Assistant {
  const queue = createRunQueue(limits);
  const closing = new AbortController();
  const running = new Set<Promise<void>>();
  let opened: Promise<DemoEngine> | null = null;
  let expecting = false;

  function openEngine(): Promise<DemoEngine> {
    opened ??= engine();
    return opened;
  }

  async function* queueAndRun(
    demo: Demo,
    request: RunRequest,
    budget: RunBudget | undefined,
  ): AsyncGenerator<RunEvent, void, void> {
    const ticket = queue.enter(request.who, request.where);
    const ended = Promise.withResolvers<void>();
    running.add(ended.promise);
    const runId = randomUUID();
    const signal = AbortSignal.any([request.signal, closing.signal]);
    async function* events(): AsyncGenerator<RunEvent, void, void> {
      for await (const position of ticket.positions(signal)) yield { type: 'queued', runId, position };
      yield* runDemo(demo, {
        engine: await openEngine(),
        runId,
        timeLimitSeconds: limits.timeLimitSeconds + (request.beforeStep ? longestPause : 0),
        paced: request.beforeStep !== undefined,
        signal,
        summary: summarise(demo),
        claimText: (id) => findClaim(knowledge(), id),
        beforeStep: request.beforeStep
          ? boundPauses(request.beforeStep, longestPause, signal)
          : () => Promise.resolve(),
      });
    }
    const leave = () => {
      ticket.leave();
      running.delete(ended.promise);
      ended.resolve();
    };
    try {
      for await (const event of keepRecord(events(), await putOnRecord(runId, request, budget))) {
        // Whoever is next need not wait until the end of this run is shown.
        if (event.type === 'finished') leave();
        yield event;
      }
    } finally {
      leave();
    }
  }

  /** Whoever operates this program runs demos also where nothing can be kept. */
  async function putOnRecord(
    runId: string,
    request: RunRequest,
    budget: RunBudget | undefined,
  ): Promise<OpenRecord | null> {
    const runs = (await store())?.runs;
    if (!runs) return null;
    if (request.who.team === undefined) return tryToRecordRun(runs, runId, request);
    return recordRun(runs, runId, request, budget);
  }

  /**
   * The team's settings decide; where there is no store, what the environment says.
   * @returns the budget that the run counts towards
   */
  async function permit(request: Pick<RunRequest, 'who' | 'where'>): Promise<RunBudget | undefined> {
    const { team } = request.who;
    if (team === undefined) return undefined;
    const opened = await store();
    const { people, channels } = limits;
    const unset = { demoPeople: people, demoChannels: channels, dailyDemoBudget: null, guestsMayRunDemos: false };
    const settings = opened === null ? unset : (await opened.settings.get(team)).settings;
    checkPermission(request, settings);
    return budgetOf(settings, Date.now());
  }

  async function checkRun(request: Pick<RunRequest, 'who' | 'where'>): Promise<void> {
    const budget = await permit(request);
    const { team } = request.who;
    if (budget === undefined || team === undefined) return;
    const ran = (await (await store())?.runs.countSince({ team }, budget.since)) ?? 0;
    if (ran >= budget.most) throw budgetSpent(budget.most);
  }

  return {
    ready,
    ask(question, previous = null) {
      const text = question.trim();
      if (text === '')
        throw new AssistantError(
          'empty-question',
          'The question is empty. Ask in your own words, for example: what is an image?',
        );
      if (text.length > longestQuestion) {
        const message = `The question has ${text.length} characters, more than ${longestQuestion}. Ask the one sentence that matters, with the error message if there is one`;
        throw new AssistantError('question-too-long', message);
      }
      const current = knowledge();
      const { matcher } = current;
      const match = previous === null ? matcher.match(text) : matcher.matchFollowUp(text, previous);
      return { question, match, reply: composeReply(match, current, offered) };
    },
    show(id) {
      const current = knowledge();
      const entry = current.entries.get(id);
      return entry ? composeEntry(entry, current, offered) : null;
    },
    chapters() {
      const { outline, entries } = knowledge();
      const shown = [...entries.values()].filter((entry) => !entry.signpost);
      return Object.entries(outline.chapters)
        .map(([id, title]) => ({
          id,
          title,
          entries: shown
            .filter((entry) => entry.chapter === id)
            .map(({ id: entry, title: name, chapter, topic, demo }) => ({
              id: entry,
              title: name,
              chapter,
              topic,
              demo,
            })),
        }))
        .filter((chapter) => chapter.entries.length > 0);
    },
    demos: () => [...demos.values()].map(summarise),
    checkRun,
    async expectRun(id, asked) {
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
      if (!closing.signal.aborted) opened.warm(opening);
    },
    async *runDemo(request) {
      const demo = demos.get(request.demo);
      if (!demo) throw unknownDemo(request.demo, demos);
      if (closing.signal.aborted)
        throw new AssistantError('not-allowed', 'Dockproof is shutting down. Try again in a minute');
      yield* queueAndRun(demo, request, await permit(request));
    },
    async closeInterrupted() {
      const runs = (await store())?.runs;
      const closed = runs ? await closeInterrupted(runs, Date.now(), longestRun(limits)) : [];
      return closed.flatMap(({ team, demo: id, message }) => {
        const demo = demos.get(id);
        return demo ? [{ team, demo: summarise(demo), message }] : [];
      });
    },
    async noteRunMessage(runId, message) {
      await (await store())?.runs.noteMessage(runId, message);
    },
    reportGaps: (store, scope) => reportGaps(store, scope, knowledge().matcher.terms),
    async draftEntries(clusters) {
      // What writes YAML takes a while to load, and nearly nobody drafts.
      const { draftEntries } = await import('./gaps/draft-entry.ts');
      return draftEntries(clusters, knowledge());
    },
    async close() {
      closing.abort(new SandboxError('stopped', 'I am being restarted. Run it again in a minute'));
      const current = await opened;
      const cleared = Promise.all([...running, current?.close()]);
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

function summarise(demo: Demo): DemoSummary {
  return {
    id: demo.id,
    title: demo.title,
    question: demo.question,
    steps: Object.values(demo.steps),
    claims: demo.claims,
  };
}

function findClaim(knowledge: Knowledge, id: string): string {
  for (const entry of knowledge.entries.values()) {
    const claim = entry.claims.find((candidate) => candidate.id === id);
    if (claim) return claim.text;
  }
  return id;
}
