// Sees to a running Docker engine: `npm run engine`. Exits 0 where one answers, 3 where there is none.
import { existsSync } from 'node:fs';
import { loadEnvFile } from 'node:process';
import { fileURLToPath } from 'node:url';
import { installBusybox, installEngine, isDebianRoot, isInstalled } from './engine/install.mjs';
import { findAnsweringSocket, socketCandidates } from './engine/socket.mjs';
import { startEngine } from './engine/start.mjs';

/** Static busybox, which the demo base image is made of where no registry answers. */
const busyboxPaths = ['/bin/busybox', '/usr/bin/busybox', '/usr/local/bin/busybox'];

/**
 * @returns {Promise<string>} what answers now
 * @throws {Error} with what the reader can do, where there is no way to an engine
 */
async function seeToEngine() {
  if (process.env.DOCKER_HOST) return `The engine is the one that DOCKER_HOST names: ${process.env.DOCKER_HOST}`;
  if (isDebianRoot() && !busyboxPaths.some((path) => existsSync(path))) installBusybox();
  const running = await findAnsweringSocket(socketCandidates(process.env));
  if (running !== null) return `A Docker engine answers at ${running}`;
  if (!isInstalled('dockerd')) {
    if (!isDebianRoot()) {
      throw new Error(
        'No Docker engine answers and none is installed. Install one (https://docs.docker.com/engine/install/), start it, and run this again; or set DOCKER_HOST to an engine elsewhere (docs/engine.md)',
      );
    }
    installEngine();
  }
  return `A Docker engine was started and answers at ${await startEngine()}`;
}

const settings = fileURLToPath(new URL('../.env', import.meta.url));
if (existsSync(settings)) loadEnvFile(settings);
try {
  console.log(await seeToEngine());
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 3;
}
