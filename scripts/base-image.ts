import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadEnvFile } from 'node:process';
import { projectFolder } from '../src/assemble.ts';
import { readConfig } from '../src/config.ts';
import { openDemoEngine } from '../src/sandbox/demo-engine.ts';
import { SandboxError } from '../src/sandbox/sandbox-error.ts';

// Makes the demo base image where the engine does not have it. Exits 3 where that cannot be done.
const settings = resolve(projectFolder, '.env');
if (existsSync(settings)) loadEnvFile(settings);
const config = readConfig(process.env);
try {
  const dataFolder = resolve(projectFolder, config.dataFolder);
  const engine = openDemoEngine({
    config: config.engine,
    environment: process.env,
    baseImage: config.baseImage,
    dataFolder,
  });
  const image = await engine.prepare();
  console.log(`The demo base image is ready: ${image.name} ${image.id}`);
} catch (error) {
  if (!(error instanceof SandboxError)) throw error;
  console.error(error.message);
  process.exitCode = 3;
}
