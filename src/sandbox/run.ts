import type { Engine } from './engine.ts';
import type { ReadyEngine } from './engine-gate.ts';
import { runLabels } from './labels.ts';
import { createMountGuard } from './mount-guard.ts';
import { describeLimits, describeLoosened } from './policy.ts';
import type { Receipt, WarmStart } from './receipt.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { removalPatience, removeEverything } from './remove-everything.ts';
import type { RunClock } from './run-clock.ts';
import type { RunContext } from './run-context.ts';
import { sandboxOf } from './run-sandbox.ts';
import type { Sandbox } from './sandbox.ts';
import { SandboxError } from './sandbox-error.ts';
import { createStopwatch } from './stopwatch.ts';
import { watchDisk } from './watch-disk.ts';
import { watchEngine } from './watch-engine.ts';

/** Seconds that the objects of a run outlive its time limit before anybody may remove them. */
const graceSeconds = 60;

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
export interface RunBeginning {
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
  begin(start: RunBeginning): void;
  /** Removes everything that the run made. Never throws: what could not be removed counts as leftovers. */
  close(): Promise<Receipt>;
}

/** What a run notes for its receipt and its end. */
interface Notes {
  readonly counts: { containers: number; images: number; volumes: number; networks: number };
  readonly loosened: Set<string>;
  readonly undo: (() => Promise<void>)[];
}

/** Opens a run: its sandbox and its watch over the engine. */
export function openRun(parts: RunParts): OpenRun {
  const opened = Date.now();
  let begun = { runId: parts.runId, at: new Date(opened), clock: performance.now(), busy: 0 };
  let warm: WarmStart | null = null;
  let runClock: RunClock | null = null;
  const notes: Notes = {
    counts: { containers: 0, images: 0, volumes: 0, networks: 0 },
    loosened: new Set(),
    undo: [],
  };
  const end = createEnd(parts.signal);
  const context = contextOf(parts, opened, end.signal, notes);
  const watches = [watchEngine(parts.engine, end.abort), watchDisk(context, end.abort)];

  return {
    sandbox: sandboxOf(context),
    recorder: context.recorder,
    signal: end.signal,
    begin({ runId, clock }) {
      if (Object.values(notes.counts).some((count) => count > 0)) {
        warm = { ...notes.counts, secondsBefore: Math.round((Date.now() - opened) / 1000) };
      }
      begun = { runId, at: new Date(), clock: performance.now(), busy: context.busy.read() };
      runClock = clock;
      end.follow(clock.signal);
    },
    async close() {
      end.stopFollowing();
      runClock?.stop();
      for (const watch of watches) watch.stop();
      end.abort(new SandboxError('stopped', 'The run has ended'));
      const patience = removalPatience(runClock?.left() ?? 0);
      const leftovers = await context.busy.during(() => removeEverything(context, notes.undo, patience));
      parts.closed();
      return {
        runId: begun.runId,
        startedAt: begun.at.toISOString(),
        ms: Math.round(performance.now() - begun.clock),
        engineMs: Math.round(context.busy.read() - begun.busy),
        warm,
        engine: parts.facts,
        baseImage: parts.baseImage.id,
        limits: describeLimits(parts.facts),
        loosened: [...notes.loosened],
        created: { ...notes.counts },
        leftovers,
      };
    },
  };
}

/** @param opened when the run was opened, in milliseconds since 1970 */
function contextOf(parts: RunParts, opened: number, signal: AbortSignal, notes: Notes): RunContext {
  const { engine, facts, baseImage, seccompProfile, deadManSeconds, runId } = parts;
  const expires = Math.ceil(opened / 1000) + deadManSeconds + graceSeconds;
  return {
    engine,
    facts,
    baseImage: { id: baseImage.id, name: 'demo-base' },
    seccompProfile,
    runId,
    deadManSeconds,
    labels: runLabels(parts.owner, runId, expires),
    recorder: createRecorder(),
    signal,
    underWay: new Set(),
    busy: createStopwatch(),
    hostDirectories: new Set(),
    volumes: new Set(),
    networks: new Set(),
    containers: new Set(),
    mountGuard: createMountGuard(),
    readOnlyRoots: new Set(),
    images: { made: false, baseBytes: baseImage.bytes },
    created: (kind) => void notes.counts[kind]++,
    loosened: (what) => {
      for (const text of describeLoosened(what)) notes.loosened.add(text);
    },
    onClose: (action) => void notes.undo.push(action),
  };
}

/** What ends a run: itself, or the first of the signals that it follows. */
function createEnd(first: AbortSignal) {
  const ended = new AbortController();
  const stops: (() => void)[] = [];
  const follow = (signal: AbortSignal): void => {
    const end = () => ended.abort(signal.reason);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
    stops.push(() => signal.removeEventListener('abort', end));
  };
  follow(first);
  return {
    signal: ended.signal,
    abort: (reason: Error) => ended.abort(reason),
    follow,
    stopFollowing() {
      for (const stop of stops) stop();
    },
  };
}
