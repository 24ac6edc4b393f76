import { mkdtemp, rm } from 'node:fs/promises';
import { unmountBelow } from '../../test/engines/unmount-below.ts';
import { type EngineCommand, startEngine } from './started-engine.ts';

/**
 * Starts an engine in a folder of its own, beside the machine's, hands it out, and removes everything again.
 * @param command how to start it in that folder
 * @param use is given the engine's address, as DOCKER_HOST takes it, and the folder
 * @returns what `use` returns
 * @throws Error if the engine does not start, and what `use` throws
 */
export async function withEngine<Result>(
  command: (folder: string) => Promise<EngineCommand>,
  use: (address: string, folder: string) => Promise<Result>,
): Promise<Result> {
  // A short path: a socket's path may have no more than 107 characters.
  const folder = await mkdtemp('/tmp/dpc-');
  try {
    const engine = await startEngine(await command(folder));
    try {
      return await use(engine.address, folder);
    } finally {
      await engine.stop();
    }
  } finally {
    await unmountBelow(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
