// Attacks the engine in use from inside of demo containers and prints what became of it: `npm run attack`. Exits 0 where
// every attack was stopped, 1 where one was not, 3 where there is no engine.

import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../src/config.ts';
import { connectEngine } from '../src/sandbox/engine.ts';
import { SandboxError } from '../src/sandbox/sandbox-error.ts';
import { isStopped, runAttacks } from '../test/sandbox/attacks/all-attacks.ts';
import { openStand } from '../test/sandbox/attacks/stand.ts';

const settings = fileURLToPath(new URL('../.env', import.meta.url));
if (existsSync(settings)) loadEnvFile(settings);

async function attack(): Promise<number> {
  const stand = await openStand(connectEngine(readConfig(process.env).engine, process.env));
  try {
    const rows = await runAttacks(stand);
    for (const { tries, limit, verdict, locked, unlocked } of rows) {
      console.log(`${verdict.padEnd(15)} ${tries} (${limit})`);
      console.log(`                with the limit: ${locked.replaceAll('\n', ' ')}`);
      if (unlocked !== '') console.log(`                without it: ${unlocked.replaceAll('\n', ' ')}`);
    }
    const stopped = rows.filter(isStopped).length;
    const { version, storageDriver, rootless, cgroupVersion } = stand.facts;
    const kind = rootless ? 'rootless' : 'rootful';
    console.log(
      `\n${stopped} of ${rows.length} attacks stopped — engine ${version}, ${kind}, ${storageDriver}, cgroup v${cgroupVersion}`,
    );
    return stopped === rows.length ? 0 : 1;
  } finally {
    await stand.close();
  }
}

try {
  process.exitCode = await attack();
} catch (error) {
  if (!(error instanceof SandboxError)) throw error;
  console.error(error.message);
  process.exitCode = 3;
}
