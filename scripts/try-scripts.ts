// Runs the "try it yourself" script of every demo, or of those named, with the real client, and compares what it prints
// with what the demo recorded: `npm run scripts`. Exits 1 where a script shows less, or leaves something behind. Where no
// client can talk to the engine it compares nothing, and says why.
import Docker from 'dockerode';
import { assemble } from '../src/assemble.ts';
import { readConfig } from '../src/config.ts';
import { demoObjects } from '../test/assistant/scripts/demo-objects.ts';
import { findDockerClient } from '../test/assistant/scripts/docker-client.ts';
import { compareScript } from '../test/assistant/scripts/run-script.ts';

const { demos, engine } = await assemble(readConfig(process.env), process.env);
const wanted = process.argv.slice(2);
const docker = new Docker();
const client = findDockerClient();
if ('why' in client) {
  console.log(`Not run: no docker client here can build an image with this engine.\n${client.why}`);
  process.exit(0);
}
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
    console.log(`  ${step}\n    lacks\n      ${missing.join('\n      ')}\n    has\n      ${printed.join('\n      ')}`);
  }
  if (left.length > 0) console.log(`  left behind: ${left.join(', ')}`);
}
console.log(failed === 0 ? '\nEvery script shows what its demo shows.' : `\n${failed} scripts show less.`);
process.exitCode = failed === 0 ? 0 : 1;
