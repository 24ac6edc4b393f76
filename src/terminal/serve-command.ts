import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Assistant } from '../assistant/assistant.ts';
import type { WatchKnowledge } from '../assistant/knowledge.ts';
import type { Config } from '../config.ts';
import type { Fault } from '../knowledge/fault.ts';
import type { OpenBook } from '../matching/model/learned-book.ts';
import { measureAssistant } from '../metrics/measured-assistant.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { DemoEngine } from '../sandbox/demo-engine.ts';
import type { SlackKept } from '../slack/install/kept.ts';
import type { SlackSurface } from '../slack/slack-surface.ts';
import { healthRoutes, metricsRoute, type Route, type RouteServer, serveRoutes } from '../web/health-server.ts';
import { exitCode, type Terminal } from './terminal.ts';
import { within } from './within.ts';

/** Milliseconds between two looks for dead runs and what they left. */
const reapInterval = 60_000;

/** Milliseconds between two removals of what is past its retention. */
const pruneInterval = 60 * 60_000;

/** Milliseconds that the end waits, ten seconds in all: what is not done by then the next start makes good. */
const patience = { demos: 5500, surfaces: 2000 } as const;

/** What outlives the process, as far as the running bot looks after it. Each throws StoreUnavailable. */
export interface Kept extends SlackKept {
  /** Removes what is past its retention at a time (milliseconds since 1970). @returns the number of records removed */
  prune(now: number): Promise<number>;
  /** Encrypts anew what the previous key encrypted. @returns how many were, and how many the current key does not open */
  rotateKeys(): Promise<{ readonly rotated: number; readonly unreadable: number }>;
}

/** What the running bot is made of. */
export interface ServeParts {
  readonly config: Config;
  readonly assistant: Assistant;
  readonly engine: DemoEngine;
  readonly kept: Kept;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Aborted when the program is asked to end. */
  readonly signal: AbortSignal;
  readonly watchKnowledge: WatchKnowledge;
  /** The book in use. */
  readonly book: () => OpenBook;
}

/**
 * Runs the bot until it is asked to end: Slack where tokens are set, the addresses for monitors, the reaper, and the
 * store's retention. At its end running demos are stopped and cleaned up, for as long as that may take.
 * @returns 0
 * @throws Error if the port is taken or Slack refuses the tokens
 */
export async function serve(parts: ServeParts, terminal: Terminal): Promise<number> {
  const { config, assistant, kept, log, metrics, signal } = parts;
  const unhandled = (error: unknown): void => log.error({ error }, 'an error that nothing handles');
  process.on('unhandledRejection', unhandled);
  let ready = false;
  let slack: SlackSurface | null = null;
  const health = healthRoutes({ ready: () => ready && slack?.connected() !== false });
  slack = await openSlack(parts, health);
  const servers = await openServers(config, health, metricsRoute(metrics));
  const useBook = ({ edition, faults }: OpenBook): void => {
    metrics.knowledgeEntries.set(edition.entries);
    log.info({ ...edition, faults: faults.length }, 'the book in force');
    logFaults(faults, log);
  };
  if (parts.book().edition.learnedIn === null) log.info('learning the book; questions that come meanwhile wait for it');
  void assistant.ready().then(() => useBook(parts.book()));
  const stopWatching = await parts.watchKnowledge({
    onBook: useBook,
    onError: (error) => log.error({ error }, 'the knowledge stays as it was'),
  });
  try {
    await rotateKeys(kept, log);
    await unlessEnded(slack?.start() ?? Promise.resolve(), signal);
    if (!signal.aborted) {
      ready = true;
      terminal.out.write(welcome(config, servers));
    }
    await unlessEnded(
      Promise.all([keepReaping(parts), keepPruning(kept, log, signal), keepClosing(parts, slack)]),
      signal,
    );
  } finally {
    ready = false;
    process.off('unhandledRejection', unhandled);
    await within(patience.demos, 'the clean-up of running demos', assistant.close(), log);
    const others = [stopWatching(), ...servers.map(({ end }) => end()), ...(slack === null ? [] : [slack.stop()])];
    await within(patience.surfaces, 'the end of connections', Promise.all(others), log);
    log.info('stopped');
  }
  return exitCode.fine;
}

/** Waits for work, or for the request to end the program. @throws what the work throws before that */
async function unlessEnded(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return void work.catch(() => undefined);
  await Promise.race([work, once(signal, 'abort')]);
}

/** The addresses for monitors: where Slack uses the port, the health addresses are beside its own. */
async function openServers(config: Config, health: readonly Route[], metrics: Route): Promise<RouteServer[]> {
  const ownsPort = config.slack.mode === 'http' || config.slack.mode === 'oauth';
  const routes = [...(ownsPort ? [] : health), ...(ownsPort || config.metrics !== null ? [] : [metrics])];
  return [
    ...(routes.length === 0 ? [] : [await serveRoutes(routes, config.http.host, config.http.port)]),
    ...(config.metrics === null ? [] : [await serveRoutes([metrics], config.metrics.host, config.metrics.port)]),
  ];
}

/** Says of each faulty file what is wrong; what it said when it was last good still answers. */
function logFaults(faults: readonly Fault[], log: Logger): void {
  for (const { file, line, problem, remedy } of faults) {
    log.warn({ file, line, remedy }, `a knowledge file is not used as it is: ${problem}`);
  }
}

/** Slack's libraries take a while to load, so they are loaded only where they are used. */
async function openSlack(
  { config, assistant, kept, log, metrics }: ServeParts,
  routes: readonly Route[],
): Promise<SlackSurface | null> {
  if (config.slack.mode === 'off') return null;
  const { createSlackSurface } = await import('../slack/slack-surface.ts');
  return createSlackSurface({
    config: config.slack,
    http: config.http,
    assistant: measureAssistant(assistant, metrics, 'slack'),
    kept,
    log,
    metrics,
    routes,
  });
}

function welcome(config: Config, servers: readonly RouteServer[]): string {
  const ownsPort = config.slack.mode === 'http' || config.slack.mode === 'oauth';
  const port = (ownsPort ? undefined : servers[0]?.port) ?? config.http.port;
  const health = `Health: http://${config.http.host}:${port}/healthz\n`;
  if (config.slack.mode === 'oauth') {
    const install = `${config.slack.publicUrl ?? `http://${config.http.host}:${port}`}/slack/install`;
    return `Dockproof is live in Slack (HTTP, OAuth).\nTo install it in a workspace: ${install}\n${health}`;
  }
  if (config.slack.mode !== 'off')
    return `Dockproof is live in Slack (${config.slack.mode === 'socket' ? 'Socket Mode' : 'HTTP'}).\n${health}`;
  return `Dockproof runs without Slack: no Slack tokens are set (docs/slack.md says how to get them).
Try it here, in another terminal:

  ./dockproof ask "why is my database empty after I redeployed?" --demo
  ./dockproof demo
  ./dockproof doctor

${health}`;
}

/** Removes what dead runs left, now and from time to time. An engine that is down is logged once, not every time. */
async function keepReaping({ engine, log, metrics, signal }: ServeParts): Promise<void> {
  let down: boolean | null = null;
  while (!signal.aborted) {
    try {
      const removed = await engine.reap(signal);
      metrics.engineUp.set(1);
      if (removed > 0) log.info({ removed }, 'removed what an earlier run left');
      if (down) log.info('the engine answers again');
      if (down !== false) await tellRefusal(engine, log, signal);
      down = false;
    } catch (error) {
      if (signal.aborted) return;
      metrics.engineUp.set(0);
      if (!down) log.warn({ error }, 'no engine for demos; answers still work');
      down = true;
    }
    await sleep(reapInterval, undefined, { signal }).catch(() => undefined);
  }
}

/** Tells whoever reads the log that this engine gets no demos. */
async function tellRefusal(engine: DemoEngine, log: Logger, signal: AbortSignal): Promise<void> {
  const refusal = await engine.refusal(signal);
  if (refusal !== null) log.warn({ refusal }, 'demos are refused on this engine; answers still work');
}

/**
 * Closes the runs that a dead process broke off, and says so in their messages: now, and from time to time, since of a
 * process of another host only time tells that it is dead.
 */
async function keepClosing({ assistant, log, signal }: ServeParts, slack: SlackSurface | null): Promise<void> {
  while (!signal.aborted) {
    try {
      const interrupted = await assistant.closeInterrupted();
      if (interrupted.length > 0) log.warn({ runs: interrupted.length }, 'the end of a process broke off runs');
      await slack?.tellInterrupted(interrupted);
    } catch (error) {
      log.warn({ error }, 'could not close the runs that broke off');
    }
    await sleep(reapInterval, undefined, { signal }).catch(() => undefined);
  }
}

/** Removes what is past its retention, now and from time to time. A store that is busy is tried again at the next time. */
async function keepPruning(kept: Kept, log: Logger, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const removed = await kept.prune(Date.now());
      if (removed > 0) log.info({ removed }, 'removed what is past its retention from the store');
    } catch (error) {
      log.warn({ error }, 'could not prune the store');
    }
    await sleep(pruneInterval, undefined, { signal }).catch(() => undefined);
  }
}

/** Encrypts anew what an earlier STORE_KEY encrypted, so that STORE_KEY_PREVIOUS is needed for one start only. */
async function rotateKeys(kept: Kept, log: Logger): Promise<void> {
  const { rotated, unreadable } = await kept.rotateKeys();
  if (rotated > 0) log.info({ rotated }, 'encrypted tokens anew with STORE_KEY; STORE_KEY_PREVIOUS can go');
  if (unreadable > 0) log.warn({ unreadable }, 'cannot decrypt the tokens of some workspaces; see docs/store.md');
}
