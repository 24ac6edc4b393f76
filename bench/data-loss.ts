import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemble } from '../src/assemble.ts';
import type { Report } from '../src/assistant/report.ts';
import { readConfig } from '../src/config.ts';
import { median, timed } from './statistics.ts';

const rounds = 9;

/**
 * Times the data-loss demo against its own "try it yourself" script, which does the same steps with the `docker`
 * command line, in turn, and prints the medians and their ratio. The script's image is made beforehand, off the clock.
 */
export async function dataLossBench(): Promise<void> {
  const { assistant } = await assemble(readConfig(process.env), process.env);
  const first = await runDemo(assistant);
  const folder = await mkdtemp(join(tmpdir(), 'dockproof-bench-'));
  try {
    const file = join(folder, 'script.sh');
    await writeFile(file, stepsOnly(first.script));
    spawnSync('docker', ['tag', 'dockproof/base:1', 'demo-base']);
    const times = { demo: [] as number[], commands: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      times.demo.push(await timed(() => runDemo(assistant)));
      times.commands.push(await timed(async () => runScript(file)));
    }
    const [demo, commands] = [median(times.demo), median(times.commands)];
    console.log(`demo, clean-up included: median ${demo.toFixed(0)} ms`);
    console.log(`docker commands, clean-up included: median ${commands.toFixed(0)} ms`);
    console.log(`demo / commands: ${(demo / commands).toFixed(2)} (bar: at most 0.6)`);
  } finally {
    spawnSync('docker', ['image', 'rm', 'demo-base']);
    await rm(folder, { recursive: true });
  }
}

/** The script without its preparations: the steps, and the removal of what they made. */
function stepsOnly(script: string): string {
  const steps = script.slice(script.indexOf("\necho '== 1."));
  return `set -u\n${steps}\ndocker rm --force demo-b demo-d\ndocker volume rm demo-orders\n`;
}

function runScript(file: string): void {
  const { status, stderr } = spawnSync('sh', [file], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The script failed: ${stderr}`);
}

async function runDemo(assistant: Awaited<ReturnType<typeof assemble>>['assistant']): Promise<Report> {
  const request = {
    demo: 'data-loss-on-replace',
    who: { id: 'bench' },
    where: { id: 'bench' },
    signal: new AbortController().signal,
  };
  for await (const event of assistant.runDemo(request)) {
    if (event.type === 'finished' && event.report.outcome === 'held') return event.report;
  }
  throw new Error('The demo did not hold');
}
