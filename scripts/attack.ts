// Attacks the engine in use from inside of demo containers and prints what became of it: `npm run attack`, or as JSON with
// `--json`. Exits 0 where every attack was stopped, or where the engine gets no demos since it takes no notice of limits; 1
// where one was not; 3 where there is no engine.

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadEnvFile } from 'node:process';
import { projectFolder } from '../src/assemble.ts';
import { readConfig } from '../src/config.ts';
import { connectEngine } from '../src/sandbox/engine.ts';
import type { EngineFacts } from '../src/sandbox/sandbox.ts';
import { SandboxError } from '../src/sandbox/sandbox-error.ts';
import { isStopped, runAttacks } from '../test/sandbox/attacks/all-attacks.ts';
import type { Row } from '../test/sandbox/attacks/attack.ts';
import { openStand } from '../test/sandbox/attacks/stand.ts';

const settings = resolve(projectFolder, '.env');
if (existsSync(settings)) loadEnvFile(settings);

const json = process.argv.includes('--json');

async function attack(): Promise<number> {
  const started = performance.now();
  const config = readConfig(process.env);
  const stand = await openStand({
    engine: connectEngine(config.engine, process.env),
    dataFolder: resolve(projectFolder, config.dataFolder),
    withoutLimits: config.engineWithoutLimits,
  });
  try {
    const rows = await runAttacks(stand);
    const ms = Math.round(performance.now() - started);
    console.log(json ? JSON.stringify({ rows, ms }) : inWords(rows, stand.facts));
    return rows.every(isStopped) ? 0 : 1;
  } finally {
    await stand.close();
  }
}

function inWords(rows: readonly Row[], { version, storageDriver, rootless, cgroupVersion }: EngineFacts): string {
  const lines = rows.flatMap(({ tries, limit, verdict, locked, unlocked }) => [
    `${verdict.padEnd(15)} ${tries} (${limit})`,
    `                with the limit: ${locked.replaceAll('\n', ' ')}`,
    ...(unlocked === '' ? [] : [`                without it: ${unlocked.replaceAll('\n', ' ')}`]),
  ]);
  const kind = rootless ? 'rootless' : 'rootful';
  const engine = `engine ${version}, ${kind}, ${storageDriver}, cgroup v${cgroupVersion}`;
  return [...lines, '', `${rows.filter(isStopped).length} of ${rows.length} attacks stopped — ${engine}`].join('\n');
}

try {
  process.exitCode = await attack();
} catch (error) {
  if (!(error instanceof SandboxError)) throw error;
  if (error.code === 'limits-not-enforced') {
    const words = `No attack is possible: no demo, so no container, gets to run here. ${error.message}`;
    console.log(json ? JSON.stringify({ refused: error.message }) : words);
    process.exit(0);
  }
  console.error(error.message);
  process.exitCode = 3;
}
