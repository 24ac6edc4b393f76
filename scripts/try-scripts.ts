// Runs the "try it yourself" script of every demo, or of those named, with the real client, and compares what it prints
// with what the demo recorded: `npm run scripts`. It starts an engine for that, since a script refuses to run where
// somebody has objects of its names; without root or an installed dockerd it takes the engine in use. Exits 1 where a
// script shows less, or leaves something behind. Where no client can talk to the engine it compares nothing, and says why.
import { join } from 'node:path';
import Docker from 'dockerode';
import { assemble } from '../src/assemble.ts';
import { readConfig } from '../src/config.ts';
import { demoObjects } from '../test/assistant/scripts/demo-objects.ts';
import { findDockerClient } from '../test/assistant/scripts/docker-client.ts';
import { compareScript } from '../test/assistant/scripts/run-script.ts';
import { isInstalled } from './engine/install.mjs';
import { engineCommands } from './engines/commands.ts';
import { withEngine } from './engines/with-engine.ts';

/** Compares on one engine. @returns the exit code */
async function compareOn(environment: NodeJS.ProcessEnv): Promise<number> {
  const { demos, engine: openEngine } = await assemble(readConfig(environment), environment);
  const engine = await openEngine();
  await engine.prepare();
  const client = findDockerClient(engine.address);
  if ('why' in client) {
    console.log(`Not run: no docker client here can build an image with this engine.\n${client.why}`);
    return 0;
  }
  const docker = new Docker({ socketPath: engine.address.replace('unix://', '') });
  const wanted = process.argv.slice(2);
  let failed = 0;
  for (const demo of demos.values()) {
    if (wanted.length > 0 && !wanted.includes(demo.id)) continue;
    const before = await demoObjects(docker);
    const shortfalls = await compareScript(demo, engine, client);
    const left = (await demoObjects(docker)).filter((object) => !before.includes(object));
    const good = shortfalls.length === 0 && left.length === 0;
    if (!good) failed++;
    console.log(`${good ? 'same  ' : 'LACKS '} ${demo.id}`);
    for (const { step, missing, printed } of shortfalls) {
      console.log(
        `  ${step}\n    lacks\n      ${missing.join('\n      ')}\n    has\n      ${printed.join('\n      ')}`,
      );
    }
    if (left.length > 0) console.log(`  left behind: ${left.join(', ')}`);
  }
  console.log(failed === 0 ? '\nEvery script shows what its demo shows.' : `\n${failed} scripts show less.`);
  return failed === 0 ? 0 : 1;
}

const own = process.getuid?.() === 0 && isInstalled('dockerd') ? engineCommands['Docker, overlay2'] : undefined;
process.exitCode =
  own === undefined
    ? await compareOn(process.env)
    : await withEngine(own, (address, folder) =>
        compareOn({ ...process.env, DOCKER_HOST: address, DATA_DIR: join(folder, 'dockproof') }),
      );
