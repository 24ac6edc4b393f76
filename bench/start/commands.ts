import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median, timed } from '../statistics.ts';
import { firstMention } from './first-mention.ts';

const rounds = 5;
const question = 'why is my database empty after I redeployed?';
const program = fileURLToPath(new URL('../../dockproof', import.meta.url));
const reporter = fileURLToPath(new URL('./peak-memory.mjs', import.meta.url));

/** What is started, what it is called, and what it may take. */
interface Start {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly bar?: { readonly seconds: number; readonly megabytes?: number };
}

const starts: readonly Start[] = [
  { name: 'node -e 0', command: [process.execPath, '-e', '0'] },
  { name: 'docker ps', command: ['docker', 'ps'] },
  { name: 'ask', command: [program, 'ask', question], bar: { seconds: 0.35, megabytes: 150 } },
  { name: 'demo (list)', command: [program, 'demo'], bar: { seconds: 0.3 } },
  { name: 'check', command: [program, 'check'], bar: { seconds: 1 } },
];

/**
 * Times whole processes, from their start to their end, the median of five, and the most memory that each holds: with a
 * learned model on disk, and for `ask` once without. Beside them the bot, from its start to the answer to the first
 * mention, and what starting Node and asking the engine take on this machine.
 */
export async function startBench(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'dockproof-bench-'));
  try {
    const settings = { DATA_DIR: folder };
    console.log('                          seconds    bar   MB  bar');
    const unlearned = await timed(() => run([program, 'ask', question], settings));
    console.log(row({ name: 'ask, without a model', seconds: unlearned / 1000, bar: { seconds: 6 } }));
    for (const { name, command, bar } of starts) {
      const seconds = [];
      for (let round = 0; round < rounds; round++) seconds.push((await timed(() => run(command, settings))) / 1000);
      console.log(row({ name, seconds: median(seconds), megabytes: await peakMemory(command, settings, folder), bar }));
    }
    const mentions = [];
    for (let round = 0; round < rounds; round++) mentions.push((await firstMention(folder)) / 1000);
    console.log(row({ name: 'serve, first mention', seconds: median(mentions), bar: { seconds: 1 } }));
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Measured {
  readonly name: string;
  readonly seconds: number;
  readonly megabytes?: number | null;
  readonly bar: Start['bar'] | undefined;
}

function row({ name, seconds, megabytes = null, bar }: Measured): string {
  const cells = [seconds.toFixed(2), bar?.seconds ?? '', megabytes?.toFixed(0) ?? '', bar?.megabytes ?? ''];
  const widths = [10, 6, 4, 4];
  return name.padEnd(23) + cells.map((cell, place) => String(cell).padStart(widths[place] ?? 0)).join(' ');
}

function run([file, ...words]: Start['command'], settings: Record<string, string>): SpawnSyncReturns<string> {
  const ended = spawnSync(file, words, { encoding: 'utf8', env: { ...process.env, ...settings } });
  if (ended.error) throw ended.error;
  if (ended.status !== 0) throw new Error(`${file} ${words.join(' ')} ended with ${ended.status}: ${ended.stderr}`);
  return ended;
}

/** Of a Node program, in a run of its own, since what reads it takes a moment. @returns megabytes; null for another's */
async function peakMemory(command: Start['command'], settings: Record<string, string>, folder: string) {
  const file = join(folder, 'peak-memory');
  run(command, { ...settings, PEAK_MEMORY_FILE: file, NODE_OPTIONS: `--import=${reporter}` });
  const kibibytes = await readFile(file, 'utf8').catch(() => null);
  await rm(file, { force: true });
  return kibibytes === null ? null : Number(kibibytes) / 1024;
}
