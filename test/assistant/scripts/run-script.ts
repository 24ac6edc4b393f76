import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { toScript } from '../../../src/assistant/running/script.ts';
import type { Demo } from '../../../src/demos/catalogue/demo.ts';
import { type PlayedStep, playDemo } from '../../../src/demos/catalogue/play-demo.ts';
import type { DemoEngine } from '../../../src/sandbox/demo-engine.ts';
import { clientEnvironment, type DockerClient } from './docker-client.ts';
import { missingLines, normalise } from './normalise.ts';

/** A step of a demo whose script printed less than the demo recorded. */
export interface Shortfall {
  readonly step: string;
  readonly missing: readonly string[];
  readonly printed: readonly string[];
}

/** Runs a demo, then its script with the real client, and compares step by step. @returns what the script lacks */
export async function compareScript(demo: Demo, engine: DemoEngine, client: DockerClient): Promise<Shortfall[]> {
  const steps = await play(demo, engine);
  const output = await runScript(toScript(demo.title, steps), client);
  const [preparations = '', ...parts] = output.split(/^== \d+\. .*$/m);
  if (parts.length === 0) {
    return [{ step: 'The preparations', missing: ['the first step'], printed: preparations.trim().split('\n') }];
  }
  return steps.flatMap((step, index) => {
    // The script's base image has a layer more than the image that it is made of.
    const printed = normalise(parts[index] ?? '', 1);
    const missing = missingLines(normalise(step.printed), printed);
    return missing.length === 0 ? [] : [{ step: step.title, missing, printed }];
  });
}

async function play(demo: Demo, engine: DemoEngine): Promise<PlayedStep[]> {
  const signal = new AbortController().signal;
  const run = await engine.openRun({ demo: demo.id, runId: crypto.randomUUID(), timeLimitSeconds: 60, signal });
  const steps: PlayedStep[] = [];
  try {
    for await (const event of playDemo(demo, run, async () => undefined)) {
      if (event.type === 'step-finished') steps.push(event.step);
    }
  } finally {
    await run.close();
  }
  return steps;
}

/** Runs a script as a reader would, on the base image of the demos. @returns what it prints, errors in their places */
async function runScript(script: string, client: DockerClient): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dockproof-script-'));
  try {
    const file = join(folder, 'script.sh');
    await writeFile(file, script);
    const child = spawn('sh', ['-c', 'exec sh "$1" 2>&1', 'sh', file], {
      env: clientEnvironment(client, folder),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [output] = await Promise.all([text(child.stdout), once(child, 'close')]);
    return output;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
