import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Program } from '../../src/assemble.ts';
import type { Assistant } from '../../src/assistant/assistant.ts';
import type { Report } from '../../src/assistant/report.ts';
import { planDemo } from '../../src/demos/catalogue/plan-demo.ts';
import { median, timed } from '../statistics.ts';

/** How long a demo takes beside its own "try it yourself" script of `docker` commands, in milliseconds. */
export interface Comparison {
  readonly cold: number;
  /** With what it begins with made ahead. */
  readonly warm: number;
  readonly commands: number;
  /** The cold demo's time beside the part of it in which the engine worked: its floor. */
  readonly toFloor: number;
}

/**
 * Times a demo cold, warm, and as its script, in turn. All clean up within their time; the image that all start from is
 * made beforehand, anew for each run of the script, so that no run builds from the cache of another.
 * @returns the medians
 */
export async function compareWithCommands(
  { assistant, engine: openEngine, demos }: Pick<Program, 'assistant' | 'engine' | 'demos'>,
  id: string,
  rounds: number,
): Promise<Comparison> {
  const demo = demos.get(id);
  if (!demo) throw new Error(`There is no demo ${id}`);
  const engine = await openEngine();
  const opening = await planDemo(demo);
  const first = await runDemo(assistant, id);
  const folder = await mkdtemp(join(tmpdir(), 'dockproof-bench-'));
  try {
    const script = inTwoParts(first.script);
    const preparations = join(folder, 'preparations.sh');
    const steps = join(folder, 'steps.sh');
    await writeFile(preparations, script.preparations);
    await writeFile(steps, script.steps);
    const times = { cold: [] as number[], warm: [] as number[], commands: [] as number[], toFloor: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      await engine.close();
      times.cold.push(
        await timed(async () => {
          const { receipt } = await runDemo(assistant, id);
          times.toFloor.push(receipt.ms / receipt.engineMs);
        }),
      );
      engine.warm(opening);
      await engine.warmed();
      times.warm.push(await timed(() => runDemo(assistant, id)));
      await engine.close();
      const run = randomUUID();
      runScript(preparations, folder, run);
      times.commands.push(await timed(() => runScript(steps, folder, run)));
    }
    return {
      cold: median(times.cold),
      warm: median(times.warm),
      commands: median(times.commands),
      toFloor: median(times.toFloor),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Parts a script: making its image, and the steps with the clean-up. Left out is the check for objects of its names. */
function inTwoParts(script: string): { preparations: string; steps: string } {
  const build = script.indexOf('docker build --quiet --network none');
  const steps = script.indexOf("\necho '== 1.");
  const cleanUp = script.slice(script.indexOf('clean_up() {'), build);
  return {
    preparations: `set -eu\nbase=dockproof/base:1\n${script.slice(build, steps)}`,
    steps: `set -u\nfolder=$(mktemp -d) && cd "$folder"\n${cleanUp}${script.slice(steps)}`,
  };
}

/** @param run the label of what the script builds @throws Error if the shell cannot be started */
function runScript(file: string, cwd: string, run: string): void {
  const { error } = spawnSync('sh', [file], { cwd, env: { ...process.env, run, DOCKER_BUILDKIT: '0' } });
  if (error) throw error;
}

async function runDemo(assistant: Assistant, demo: string): Promise<Report> {
  const signal = new AbortController().signal;
  for await (const event of assistant.runDemo({ demo, who: { id: 'bench' }, where: { id: 'bench' }, signal })) {
    if (event.type === 'finished' && event.report.outcome === 'held') return event.report;
  }
  throw new Error(`The demo ${demo} did not hold`);
}
