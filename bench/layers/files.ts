import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { median, timed } from '../statistics.ts';
import { loadBigImage } from './big-image.ts';

const rounds = 5;
const mebibyte = 1024 * 1024;
const reader = fileURLToPath(new URL('./read-archive.ts', import.meta.url));
const compiled = fileURLToPath(new URL('../../node_modules/.cache/compiled', import.meta.url));
const answerSchema = z.object({ maxKilobytes: z.number(), stored: z.number(), hidden: z.number() });

/**
 * Reads the files of an image of 300 MB and of one of 3 GB, each of 40 layers, beside `docker save IMAGE | tar -t`, the
 * process's start included, and tells the most memory that the process took.
 */
export async function layerFilesBench(): Promise<void> {
  const small = await measure({ bytes: 300 * mebibyte, fileBytes: 20_000, rounds });
  const large = await measure({ bytes: 3072 * mebibyte, fileBytes: 60_000, rounds: 2 });
  console.log(
    `files / docker save | tar -t: ${small.ratio.toFixed(2)} at 300 MB (bar: 1.3), ${large.ratio.toFixed(2)} at 3 GB`,
  );
  const growth = (large.megabytes / small.megabytes - 1) * 100;
  console.log(
    `memory: ${small.megabytes.toFixed(0)} MB at 300 MB (bar: 150), at 3 GB ${growth.toFixed(0)} % more (bar: 20 %)`,
  );
}

async function measure(wanted: { readonly bytes: number; readonly fileBytes: number; readonly rounds: number }) {
  const name = `layers-bench-${randomUUID().slice(0, 8)}:1`;
  await loadBigImage({ name, layers: 40, ...wanted });
  try {
    const own: number[] = [];
    const commands: number[] = [];
    let megabytes = 0;
    // The first of each fills caches.
    for (let round = 0; round <= wanted.rounds; round++) {
      const taken = await timed(() => {
        const answer = answerSchema.parse(JSON.parse(run(process.execPath, [reader, name])));
        megabytes = Math.max(megabytes, answer.maxKilobytes / 1024);
      });
      const listed = await timed(() => run('sh', ['-c', 'docker save "$0" | tar -t', name]));
      if (round === 0) continue;
      own.push(taken);
      commands.push(listed);
    }
    const ratio = median(own) / median(commands);
    console.log(
      `${(wanted.bytes / mebibyte).toFixed(0)} MB: ${median(own).toFixed(0)} ms, ${median(commands).toFixed(0)} ms`,
    );
    return { ratio, megabytes };
  } finally {
    run('docker', ['rmi', '--force', name]);
  }
}

function run(command: string, words: readonly string[]): string {
  const environment = { ...process.env, NODE_COMPILE_CACHE: compiled };
  const { stdout, stderr, status } = spawnSync(command, words, {
    env: environment,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`);
  return stdout;
}
