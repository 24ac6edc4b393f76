import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import type { Report } from '../../src/assistant/report.ts';
import { runDemo } from '../../src/assistant/running/run-demo.ts';
import type { Demo } from '../../src/demos/catalogue/demo.ts';
import { type DemoEngine, openDemoEngine } from '../../src/sandbox/demo-engine.ts';
import { readOwner } from '../../src/sandbox/owner.ts';
import { type Disturbed, disturb } from './disturbing-proxy.ts';

/** How one run through a proxy went. */
export interface DisturbedRun {
  readonly demo: string;
  readonly seed: number;
  /** The calls that were disturbed. */
  readonly disturbed: readonly string[];
  readonly report: Report;
  /** Seconds beyond its time limit; 0 where it ended within. */
  readonly late: number;
}

/** What runs are tried with. */
export interface DisturbedParts {
  /** The socket of the real engine. */
  readonly real: string;
  readonly dataFolder: string;
  readonly timeLimitSeconds: number;
}

/** Opens an engine at a socket, as the Dockproof whose id the folder holds. */
export function openAt(socket: string, dataFolder: string): DemoEngine {
  const config = { host: `unix://${socket}`, tlsVerify: false, certPath: null };
  return openDemoEngine({ config, environment: {}, baseImage: null, dataFolder });
}

/** Runs a demo through a proxy of its own. */
export async function runDisturbed(parts: DisturbedParts, demo: Demo, how: Disturbed): Promise<DisturbedRun> {
  const proxy = await disturb(parts.real, parts.dataFolder, how);
  const started = performance.now();
  const report = await runToReport(openAt(proxy.socket, parts.dataFolder), demo, parts.timeLimitSeconds);
  const seconds = (performance.now() - started) / 1000;
  proxy.close();
  const late = Math.max(0, seconds - parts.timeLimitSeconds);
  return { demo: demo.id, seed: how.seed, disturbed: [...proxy.disturbed], report, late };
}

/** Runs a demo to its report. */
export async function runToReport(engine: DemoEngine, demo: Demo, timeLimitSeconds: number): Promise<Report> {
  const events = runDemo(demo, {
    engine,
    runId: crypto.randomUUID(),
    timeLimitSeconds,
    signal: new AbortController().signal,
    summary: { id: demo.id, title: demo.title, question: demo.question, steps: [], claims: demo.claims },
    claimText: (id) => id,
    paced: true,
    beforeStep: () => Promise.resolve(),
  });
  for await (const event of events) if (event.type === 'finished') return event.report;
  throw new Error(`The run of ${demo.id} has no report`);
}

/** Everything that is left of all runs of a Dockproof once its reaper has looked again, as lines. */
export async function leftAfterReaper({ real, dataFolder }: DisturbedParts, docker: Docker): Promise<string[]> {
  const engine = openAt(real, dataFolder);
  let left = await belongings(docker, await readOwner(dataFolder));
  // What the engine was still making when a run broke off may come late: the reaper looks every minute.
  for (let tries = 0; left.length > 0 && tries < 30; tries++) {
    await engine.reap();
    await sleep(200);
    left = await belongings(docker, await readOwner(dataFolder));
  }
  return left;
}

/** What an owner has on the engine and in the folder for host directories. */
export async function belongings(docker: Docker, owner: string): Promise<string[]> {
  const filters = { label: [`dockproof.owner=${owner}`] };
  const [containers, images, volumes, networks, files] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listImages({ all: true, filters: JSON.stringify({ label: [`dockproof.image.owner=${owner}`] }) }),
    docker.listVolumes({ filters }),
    docker.listNetworks({ filters }),
    readdir(tmpdir()),
  ]);
  return [
    ...containers.map((item) => `container ${item.Names.join()}`),
    ...images.map((item) => `image ${item.RepoTags?.join()}`),
    ...(volumes.Volumes ?? []).map((item) => `volume ${item.Name}`),
    ...networks.map((item) => `network ${item.Name}`),
    ...files.filter((name) => name.startsWith(`dockproof-${owner}`)).map((name) => `directory ${name}`),
  ];
}

/**
 * What a report shows, without what differs from run to run, to compare a disturbed run with one that was not: a run that
 * held shows what it always shows.
 */
export function shownBy({ claims }: Report): string {
  const settled = (text: string) =>
    text
      .replace(/dockproof-[0-9a-f]{8}/g, 'RUN')
      .replace(/[0-9a-f]{12,}/g, 'ID')
      .replace(/\d+(?:\.\d+)?/g, 'N');
  return claims.map(({ id, held, observed }) => `${id} ${held} ${settled(observed)}`).join('\n');
}
