import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Assistant } from '../../src/assistant/assistant.ts';
import type { Report } from '../../src/assistant/report.ts';
import { median, timed } from '../statistics.ts';

/** How long a demo takes beside its own "try it yourself" script of `docker` commands, in milliseconds. */
export interface Comparison {
  readonly demo: number;
  readonly commands: number;
}

/**
 * Times a demo and its script in turn. Both clean up within their time; the image that both start from is made
 * beforehand.
 * @returns the medians
 */
export async function compareWithCommands(assistant: Assistant, demo: string, rounds: number): Promise<Comparison> {
  const first = await runDemo(assistant, demo);
  const folder = await mkdtemp(join(tmpdir(), 'dockproof-bench-'));
  try {
    const file = join(folder, 'script.sh');
    await writeFile(file, withoutPreparations(first.script));
    const times = { demo: [] as number[], commands: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      times.demo.push(await timed(() => runDemo(assistant, demo)));
      spawnSync('docker', ['tag', 'dockproof/base:1', 'demo-base']);
      times.commands.push(await timed(() => runScript(file, folder)));
    }
    return { demo: median(times.demo), commands: median(times.commands) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The script without the check for objects of the same name and without making its image. */
function withoutPreparations(script: string): string {
  const cleanUp = script.slice(script.indexOf('clean_up() {'), script.indexOf('docker build --quiet --network none'));
  return `set -u\n${cleanUp}${script.slice(script.indexOf("\necho '== 1."))}`;
}

function runScript(file: string, cwd: string): void {
  const { error } = spawnSync('sh', [file], { encoding: 'utf8', cwd });
  if (error) throw error;
}

async function runDemo(assistant: Assistant, demo: string): Promise<Report> {
  const signal = new AbortController().signal;
  for await (const event of assistant.runDemo({ demo, who: { id: 'bench' }, where: { id: 'bench' }, signal })) {
    if (event.type === 'finished' && event.report.outcome === 'held') return event.report;
  }
  throw new Error(`The demo ${demo} did not hold`);
}
