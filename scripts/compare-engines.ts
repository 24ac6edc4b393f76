// Runs `prove` and `attack` on several engines, each started beside the machine's own and removed after, and prints what
// became of them in Markdown: `npm run engines`, as root, or `npm run engines -- "Docker, vfs" Podman`. What it needs, and
// what it last printed, is in docs/engines.md.
import { join } from 'node:path';
import { engineCommands } from './engines/commands.ts';
import { examine } from './engines/examine.ts';
import type { Examined } from './engines/examined.ts';
import { renderEngines } from './engines/table.ts';
import { withEngine } from './engines/with-engine.ts';

async function examineEngine(
  name: string,
  command: (typeof engineCommands)[string],
  signal: AbortSignal,
): Promise<Examined> {
  try {
    return await withEngine(command, (address, folder) => examine(name, address, join(folder, 'dockproof'), signal));
  } catch (error) {
    const missing = { why: error instanceof Error ? error.message : String(error) };
    return { name, refused: null, proof: missing, attacks: missing };
  }
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(engineCommands, name));
if (unknown.length > 0) {
  console.error(`Unknown engine: ${unknown.join(', ')}. There are:\n  ${Object.keys(engineCommands).join('\n  ')}`);
  process.exit(2);
}
const interrupted = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => interrupted.abort());
const examined: Examined[] = [];
for (const [name, command] of Object.entries(engineCommands)) {
  if (interrupted.signal.aborted || (wanted.length > 0 && !wanted.includes(name))) continue;
  console.error(`${name} …`);
  examined.push(await examineEngine(name, command, interrupted.signal));
}
console.log(renderEngines(examined));
process.exitCode = interrupted.signal.aborted ? 130 : 0;
