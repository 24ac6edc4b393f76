import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Docker from 'dockerode';
import { onTestFinished } from 'vitest';
import { type DemoEngine, openDemoEngine } from '../../src/sandbox/demo-engine.ts';
import type { WithoutLimits } from '../../src/sandbox/unenforced-limits.ts';

/** The engine under test, with a plain client beside it to look at what it really holds. */
export interface TestEngine {
  readonly engine: DemoEngine;
  readonly docker: Docker;
  readonly dataFolder: string;
}

/** A folder for one test, removed when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dockproof-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Opens the real engine of this machine, or the one at a socket, as a Dockproof of its own. */
export async function openTestEngine(
  socket?: string,
  { warmRuns = 0, withoutLimits = 'refuse' }: { warmRuns?: number; withoutLimits?: WithoutLimits } = {},
): Promise<TestEngine> {
  const dataFolder = await temporaryFolder();
  const host = socket === undefined ? (process.env.DOCKER_HOST ?? null) : `unix://${socket}`;
  const config = { host, tlsVerify: false, certPath: null };
  const warm = { runs: warmRuns, timeLimitSeconds: 60 };
  const parts = { config, environment: process.env, baseImage: null, dataFolder, warm, withoutLimits };
  const engine = openDemoEngine(parts);
  if (warmRuns > 0) onTestFinished(() => engine.close());
  const docker = new Docker({ socketPath: engine.address.replace('unix://', '') });
  return { engine, docker, dataFolder };
}

/** Everything on the engine that carries a run's label, as lines. Images have a label of their own. */
export async function objectsOfRun(docker: Docker, runId: string): Promise<string[]> {
  const filters = { label: [`dockproof.run=${runId}`] };
  const imageFilters = JSON.stringify({ label: [`dockproof.image.run=${runId}`] });
  const [containers, images, volumes, networks] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listImages({ all: true, filters: imageFilters }),
    docker.listVolumes({ filters }),
    docker.listNetworks({ filters }),
  ]);
  return [
    ...containers.map((item) => `container ${item.Names.join()}`),
    ...images.map((item) => `image ${item.RepoTags?.join()}`),
    ...(volumes.Volumes ?? []).map((item) => `volume ${item.Name}`),
    ...networks.map((item) => `network ${item.Name}`),
  ];
}

/** Opens a run that is closed when the test ends. */
export async function openTestRun(
  engine: DemoEngine,
  options: { timeLimitSeconds?: number; signal?: AbortSignal } = {},
) {
  const runId = crypto.randomUUID();
  const { timeLimitSeconds = 60, signal = new AbortController().signal } = options;
  const run = await engine.openRun({ demo: 'test', runId, timeLimitSeconds, signal });
  onTestFinished(async () => {
    await run.close();
  });
  return { ...run, runId };
}
