import { setTimeout as sleep } from 'node:timers/promises';
import { buildImage, tryBuild } from './builds.ts';
import { createContainer, runOnce, startContainer, tryContainer } from './container.ts';
import { measureDiskUsage } from './disk-usage.ts';
import { createVolumeWithOptions } from './driver-options.ts';
import type { Engine } from './engine.ts';
import type { ReadyEngine } from './engine-gate.ts';
import { createHostDirectory } from './host-directory.ts';
import { readHostFact } from './host-fact.ts';
import { openImages } from './images.ts';
import { runLabels } from './labels.ts';
import { countFound, findLabelled, removeFound } from './leftovers.ts';
import { createMountGuard } from './mount-guard.ts';
import { createNetwork } from './networks.ts';
import { listOwnContainers, pruneOwnContainers } from './own-containers.ts';
import { describeLimits, describeLoosened } from './policy.ts';
import type { Receipt, WarmStart } from './receipt.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import type { RunClock } from './run-clock.ts';
import { callEngine, type RunContext } from './run-context.ts';
import type { Sandbox } from './sandbox.ts';
import { SandboxError } from './sandbox-error.ts';
import { createStopwatch } from './stopwatch.ts';
import { createVolume, findAnonymousVolume, nameVolume } from './volumes.ts';
import { watchDisk } from './watch-disk.ts';
import { watchEngine } from './watch-engine.ts';

/** Seconds that the objects of a run outlive its time limit before anybody may remove them. */
const graceSeconds = 60;

/** The longest pause that a demo can ask for, in milliseconds. */
const longestPause = 5000;

/** What a run is opened with. */
export interface RunParts extends ReadyEngine {
  readonly engine: Engine;
  readonly owner: string;
  /** The id on everything that the run makes. */
  readonly runId: string;
  /** Seconds after which its containers end by themselves, whatever became of this program. */
  readonly deadManSeconds: number;
  /** Ends the run before it has begun as well; the reason says why. */
  readonly signal: AbortSignal;
  /** Called when the run has ended: from then on the reaper may take what it left. */
  readonly closed: () => void;
}

/** How a run begins, once it is open. */
export interface RunStart {
  /** The id that the receipt names. */
  readonly runId: string;
  readonly clock: RunClock;
}

/** A run that is open. */
export interface OpenRun {
  readonly sandbox: Sandbox;
  readonly recorder: Recorder;
  /** Aborted when the run is stopped, out of time, or without its engine; the reason says which. */
  readonly signal: AbortSignal;
  /** Puts it under a clock, which it stops at its end. */
  begin(start: RunStart): void;
  /** Removes everything that the run made. Never throws: what could not be removed counts as leftovers. */
  close(): Promise<Receipt>;
}

/** Opens a run: its sandbox and its watch over the engine. */
export function openRun(parts: RunParts): OpenRun {
  const { engine, facts, baseImage, seccompProfile, deadManSeconds } = parts;
  const opened = Date.now();
  const expires = Math.ceil(opened / 1000) + deadManSeconds + graceSeconds;
  let begun = { runId: parts.runId, at: new Date(opened), clock: performance.now(), busy: 0 };
  let warm: WarmStart | null = null;
  const counts = { containers: 0, images: 0, volumes: 0, networks: 0 };
  const loosened = new Set<string>();
  const undo: (() => Promise<void>)[] = [];
  const ended = new AbortController();
  const stopFollowing: (() => void)[] = [];
  let runClock: RunClock | null = null;
  const watch = watchEngine(engine, (error) => ended.abort(error));

  const context: RunContext = {
    engine,
    facts,
    baseImage: { id: baseImage.id, name: 'demo-base' },
    seccompProfile,
    runId: parts.runId,
    deadManSeconds,
    labels: runLabels(parts.owner, parts.runId, expires),
    recorder: createRecorder(),
    signal: ended.signal,
    underWay: new Set(),
    busy: createStopwatch(),
    hostDirectories: new Set(),
    volumes: new Set(),
    networks: new Set(),
    containers: new Set(),
    mountGuard: createMountGuard(),
    readOnlyRoots: new Set(),
    images: { made: false, baseBytes: baseImage.bytes },
    created: (kind) => void counts[kind]++,
    loosened: (what) => {
      for (const text of describeLoosened(what)) loosened.add(text);
    },
    onClose: (action) => void undo.push(action),
  };

  function follow(signal: AbortSignal): void {
    const end = () => ended.abort(signal.reason);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
    stopFollowing.push(() => signal.removeEventListener('abort', end));
  }
  follow(parts.signal);

  function begin({ runId, clock }: RunStart): void {
    if (counts.containers + counts.images + counts.volumes + counts.networks > 0) {
      warm = { ...counts, secondsBefore: Math.round((Date.now() - opened) / 1000) };
    }
    begun = { runId, at: new Date(), clock: performance.now(), busy: context.busy.read() };
    runClock = clock;
    follow(clock.signal);
  }
  const diskWatch = watchDisk(context, (error) => ended.abort(error));

  async function close(): Promise<Receipt> {
    for (const stop of stopFollowing) stop();
    runClock?.stop();
    watch.stop();
    diskWatch.stop();
    ended.abort(new SandboxError('stopped', 'The run has ended'));
    const patience = Math.min(longestRemoval, (runClock?.left() ?? 0) + lateRemoval);
    const leftovers = await context.busy.during(() => removeEverything(context, undo, patience));
    parts.closed();
    return {
      runId: begun.runId,
      startedAt: begun.at.toISOString(),
      ms: Math.round(performance.now() - begun.clock),
      engineMs: Math.round(context.busy.read() - begun.busy),
      warm,
      engine: facts,
      baseImage: baseImage.id,
      limits: describeLimits(facts),
      loosened: [...loosened],
      created: { ...counts },
      leftovers,
    };
  }

  return { sandbox: sandboxOf(context), recorder: context.recorder, signal: ended.signal, begin, close };
}

/**
 * How long removal may take, in milliseconds, before the run's end is reported with leftovers: at most the first, and at
 * most the second beyond the run's time limit. Then it goes on by itself, and the reaper looks after it.
 */
const longestRemoval = 30_000;
const lateRemoval = 4000;

/** How long removal waits for a look at what volumes hold, in milliseconds. */
const readLimit = 2000;

/**
 * Removes what the run made, then what calls that were under way still made: removing the containers lets those calls
 * end.
 * @param patience milliseconds to wait for it
 * @returns how many objects are left, -1 where the engine could not tell
 */
async function removeEverything(
  context: RunContext,
  undo: readonly (() => Promise<void>)[],
  patience: number,
): Promise<number> {
  const { docker } = context.engine;
  const removal = async () => {
    // A call that ends while the engine lists the run's objects can have made one that is not on the list.
    const underWay = [...context.underWay];
    await Promise.race([context.mountGuard.settled(), sleep(readLimit, undefined, { ref: false })]);
    const find = () => findLabelled(docker, 'run', context.runId);
    const remove = () => severalTimes(async () => removeFound(docker, await find()));
    try {
      await remove();
      if (underWay.length > 0) {
        await Promise.all(underWay);
        await remove();
      }
    } finally {
      await Promise.all(undo.map((action) => action()));
    }
    return countFound(await severalTimes(find));
  };
  const gaveUp = new AbortController();
  try {
    return await Promise.race([removal(), sleep(patience, -1, { signal: gaveUp.signal })]);
  } catch {
    return -1;
  } finally {
    gaveUp.abort();
  }
}

/** How often what failed is tried, and the milliseconds between: an engine that was busy may not be a moment later. */
const removalTries = 3;
const betweenTries = 250;

async function severalTimes<Value>(action: () => Promise<Value>): Promise<Value> {
  for (let left = removalTries - 1; ; left--) {
    try {
      return await action();
    } catch (error) {
      if (left === 0) throw error;
      await sleep(betweenTries);
    }
  }
}

function sandboxOf(context: RunContext): Sandbox {
  const { recorder } = context;
  return {
    ...openImages(context),
    baseImage: context.baseImage,
    engine: context.facts,
    build: (spec) => buildImage(context, spec),
    tryBuild: (spec) => tryBuild(context, spec),
    create: (spec) => createContainer(context, spec),
    run: (spec) => startContainer(context, spec),
    runOnce: (spec) => runOnce(context, spec),
    tryRun: (spec) => tryContainer(context, spec),
    list: (filter) => listOwnContainers(context, filter),
    pruneContainers: (label) => pruneOwnContainers(context, label),
    volume: (name) => createVolume(context, name),
    unmadeVolume: (name) => nameVolume(context, name),
    tryDriverOptions: (name, faulty) => createVolumeWithOptions(context, name, faulty),
    network: (name) => createNetwork(context, name),
    anonymousVolume: (container, path) => findAnonymousVolume(context, container, path),
    hostDirectory: (name) => createHostDirectory(context, name),
    diskUsage: () => measureDiskUsage(context),
    hostFact: (fact) => readHostFact(context.engine.address, fact),
    async until(condition, milliseconds, command) {
      if (command !== undefined) recorder.command(command);
      const deadline = performance.now() + milliseconds;
      while (!(await condition())) {
        if (performance.now() > deadline) return false;
        await callEngine(context, 'wait', () => sleep(25));
      }
      return true;
    },
    async pause(milliseconds) {
      recorder.command(`sleep ${milliseconds / 1000}`);
      await callEngine(context, 'wait', () => sleep(Math.min(milliseconds, longestPause)));
    },
    note(text, command) {
      if (command === undefined) return recorder.note(text);
      recorder.command(command);
      recorder.output(text);
    },
  };
}
