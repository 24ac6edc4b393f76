// Runs `prove` and `attack` on several engines, each started beside the machine's own and removed after, and prints what
// became of them in Markdown: `npm run engines`, as root, or `npm run engines -- "Docker, vfs" Podman`. What it needs, and
// what it last printed, is in docs/engines.md.
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { unmountBelow } from '../test/engines/unmount-below.ts';
import { engineCommands } from './engines/commands.ts';
import { examine } from './engines/examine.ts';
import type { Examined } from './engines/examined.ts';
import { startEngine } from './engines/started-engine.ts';
import { renderEngines } from './engines/table.ts';

/** Starts an engine in a folder of its own, examines it, and removes everything again. */
async function examineEngine(name: string, command: (typeof engineCommands)[string]): Promise<Examined> {
  // A short path: a socket's path may have no more than 107 characters.
  const folder = await mkdtemp('/tmp/dpc-');
  try {
    const engine = await startEngine(await command(folder));
    try {
      return await examine(name, engine.address, join(folder, 'dockproof'));
    } finally {
      await engine.stop();
    }
  } catch (error) {
    const missing = { why: error instanceof Error ? error.message : String(error) };
    return { name, proof: missing, attacks: missing };
  } finally {
    await unmountBelow(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(engineCommands, name));
if (unknown.length > 0) {
  console.error(`Unknown engine: ${unknown.join(', ')}. There are:\n  ${Object.keys(engineCommands).join('\n  ')}`);
  process.exit(2);
}
const examined: Examined[] = [];
for (const [name, command] of Object.entries(engineCommands)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.error(`${name} …`);
  examined.push(await examineEngine(name, command));
}
console.log(renderEngines(examined));
