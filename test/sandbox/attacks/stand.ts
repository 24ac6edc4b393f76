import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Container, ContainerCreateOptions } from 'dockerode';
import { containerOptions } from '../../../src/sandbox/container-options.ts';
import type { Engine } from '../../../src/sandbox/engine.ts';
import { createGate, type GateParts } from '../../../src/sandbox/engine-gate.ts';
import { runLabels } from '../../../src/sandbox/labels.ts';
import { findLabelled, removeFound } from '../../../src/sandbox/leftovers.ts';
import { createMountGuard } from '../../../src/sandbox/mount-guard.ts';
import { createRecorder } from '../../../src/sandbox/recorder.ts';
import { type OpenRun, openRun } from '../../../src/sandbox/run.ts';
import { startClock } from '../../../src/sandbox/run-clock.ts';
import type { RunContext } from '../../../src/sandbox/run-context.ts';
import type { ContainerSpec, EngineFacts } from '../../../src/sandbox/sandbox.ts';
import { createStopwatch } from '../../../src/sandbox/stopwatch.ts';
import { runToEnd } from '../../engines/run-to-end.ts';

/** Takes a limit away: changes the request for a container that the policy made, as the engine understands it. */
export type Unlock = (request: ContainerCreateOptions, facts: EngineFacts) => ContainerCreateOptions;

/** A container to attack from. */
export type AttackSpec = Omit<ContainerSpec, 'name'> & {
  /** Seconds after which the container ends by itself; long by default. */
  readonly deadManSeconds?: number;
};

/** How a container ended. */
export interface Outcome {
  readonly output: string;
  readonly exitCode: number;
  readonly oomKilled: boolean;
}

/** Where attacks are tried: real containers with the real policy, on a real engine. */
export interface Stand {
  readonly engine: Engine;
  readonly facts: EngineFacts;
  readonly context: RunContext;
  /** A folder of this host that no container may see. */
  readonly hostFolder: string;
  /** Creates a container as the sandbox does, but for what `unlock` takes away. */
  create(spec: AttackSpec, unlock?: Unlock): Promise<Container>;
  /** Runs a container to its end. */
  run(spec: AttackSpec & { readonly script: string }, unlock?: Unlock): Promise<Outcome>;
  /** Opens a run as a demo gets it. */
  openRun(timeLimitSeconds: number): OpenRun;
  /** Waits until a condition holds. @returns whether it came to hold in time */
  until(condition: () => Promise<boolean>, milliseconds: number): Promise<boolean>;
  /** Removes everything that was made. */
  close(): Promise<void>;
}

/**
 * Opens a stand on an engine, through the gate that demos go through.
 * @throws SandboxError `limits-not-enforced` where demos would be refused
 */
export async function openStand(parts: Pick<GateParts, 'engine' | 'dataFolder' | 'withoutLimits'>): Promise<Stand> {
  const { engine } = parts;
  const [owner, runId] = [crypto.randomUUID(), crypto.randomUUID()];
  const gate = createGate({ ...parts, baseImage: null, owner: async () => owner });
  const { facts, baseImage, seccompProfile } = await gate.pass();
  const hostFolder = await mkdtemp(join(tmpdir(), 'dockproof-attack-'));
  await chmod(hostFolder, 0o755);
  const undo: (() => Promise<void>)[] = [];
  const runs: OpenRun[] = [];
  let number = 0;
  const context: RunContext = {
    engine,
    facts,
    baseImage: { id: baseImage.id, name: 'demo-base' },
    seccompProfile,
    runId,
    deadManSeconds: 120,
    labels: runLabels(owner, runId, Math.ceil(Date.now() / 1000) + 600),
    recorder: createRecorder(),
    signal: new AbortController().signal,
    underWay: new Set(),
    busy: createStopwatch(),
    hostDirectories: new Set(),
    volumes: new Set(),
    networks: new Set(),
    containers: new Set(),
    mountGuard: createMountGuard(),
    readOnlyRoots: new Set(),
    images: { made: false, baseBytes: baseImage.bytes },
    created: () => undefined,
    loosened: () => undefined,
    onClose: (action) => void undo.push(action),
  };

  async function create({ deadManSeconds = context.deadManSeconds, ...spec }: AttackSpec, unlock: Unlock = asItIs) {
    const request = containerOptions({ ...context, deadManSeconds }, { ...spec, name: `attack-${++number}` });
    return engine.docker.createContainer(unlock(request, facts));
  }

  return {
    engine,
    facts,
    context,
    hostFolder,
    create,
    async run(spec, unlock) {
      const container = await create(spec, unlock);
      const output = await runToEnd(container);
      const { StatusCode: exitCode }: { StatusCode: number } = await container.wait();
      const oomKilled = (await container.inspect()).State.OOMKilled === true;
      await container.remove({ v: true });
      return { output, exitCode, oomKilled };
    },
    openRun(timeLimitSeconds) {
      const run = openRun({
        engine,
        facts,
        baseImage,
        seccompProfile,
        owner,
        runId: crypto.randomUUID(),
        deadManSeconds: timeLimitSeconds + 10,
        signal: context.signal,
        closed: () => undefined,
      });
      const clock = startClock({ timeLimitSeconds, signal: context.signal });
      run.begin({ runId: crypto.randomUUID(), clock });
      runs.push(run);
      return run;
    },
    async until(condition, milliseconds) {
      const deadline = performance.now() + milliseconds;
      while (!(await condition())) {
        if (performance.now() > deadline) return false;
        await sleep(50);
      }
      return true;
    },
    async close() {
      await Promise.all(runs.map((run) => run.close()));
      await removeFound(engine.docker, await findLabelled(engine.docker, 'run', runId));
      await Promise.all(undo.map((action) => action()));
      await rm(hostFolder, { recursive: true, force: true });
    },
  };
}

function asItIs(request: ContainerCreateOptions): ContainerCreateOptions {
  return request;
}
