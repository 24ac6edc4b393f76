import type { Engine } from './engine.ts';
import type { MountGuard } from './mount-guard.ts';
import type { LoosenedRun } from './policy.ts';
import type { Recorder } from './recorder.ts';
import type { EngineFacts, Image, Loosened } from './sandbox.ts';
import { engineGone, toSandboxError } from './sandbox-error.ts';
import type { Stopwatch } from './stopwatch.ts';
import { untilAborted } from './until-aborted.ts';

/** What the parts of one run share. */
export interface RunContext {
  readonly engine: Engine;
  readonly facts: EngineFacts;
  readonly baseImage: Image;
  /** The path of this program's own seccomp profile, as the engine takes it; null for the engine's. */
  readonly seccompProfile: string | null;
  readonly runId: string;
  /** Seconds after which a container of this run ends by itself, whatever became of this program. */
  readonly deadManSeconds: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
  /** Calls that the engine has not answered yet: an aborted run goes on in it, and can still make objects. */
  readonly underWay: Set<Promise<unknown>>;
  /** The time that the engine worked for this run. */
  readonly busy: Stopwatch;
  /** Host directories and volumes (by their name on the engine) of this run: the only ones its containers may mount. */
  readonly hostDirectories: Set<string>;
  readonly volumes: Set<string>;
  /** Names on the engine of the networks that this run made: the only ones its containers may stand on. */
  readonly networks: Set<string>;
  /** Ids of the containers that this run made. */
  readonly containers: Set<string>;
  readonly mountGuard: MountGuard;
  /** Ids of its containers whose root filesystem cannot be written to. */
  readonly readOnlyRoots: Set<string>;
  /** Whether it has begun to make images, and the bytes that each has from the base image. */
  readonly images: { made: boolean; readonly baseBytes: number };
  /** Notes an object that the run made, for the receipt. */
  created(kind: 'containers' | 'images' | 'volumes' | 'networks'): void;
  /** Notes what a container loosened of the policy, for the receipt. */
  loosened(loosened: Loosened & LoosenedRun): void;
  /** Registers something to be undone when the run ends, beside what labels find. */
  onClose(undo: () => Promise<void>): void;
}

/** The name of an object of the run on the engine; command lines show the plain one. */
export function engineName(context: RunContext, name: string): string {
  return `dockproof-${context.runId.slice(0, 8)}-${name}`;
}

/** The name that command lines use, short and unlikely to clash with a reader's own. */
export function shownName(name: string): string {
  return `demo-${name}`;
}

/**
 * Calls the engine within a run: ends as soon as the run is aborted, even where the engine never answers, and turns
 * errors into the sandbox's.
 * @param doing what is being done, for example `start a container`
 * @throws SandboxError; the signal's reason if the run was aborted
 */
export async function callEngine<Value>(
  context: RunContext,
  doing: string,
  call: () => Promise<Value>,
): Promise<Value> {
  const { signal, engine, underWay } = context;
  signal.throwIfAborted();
  const answer = context.busy.during(call);
  const settled = answer.then(
    () => undefined,
    () => undefined,
  );
  underWay.add(settled);
  void settled.then(() => underWay.delete(settled));
  try {
    return await untilAborted(signal, answer);
  } catch (cause) {
    signal.throwIfAborted();
    const error = toSandboxError(cause, engine.address, doing);
    // It answered when the run was opened.
    throw error.code === 'no-engine' ? engineGone(engine.address, cause) : error;
  }
}
