import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { z } from 'zod';
import { projectFolder } from '../../src/assemble.ts';
import { attacksSchema, type Examined, type Missing, proofSchema } from './examined.ts';

/** Milliseconds that `prove` or `attack` may take on a slow engine. */
const patience = 20 * 60_000;

/**
 * Runs `prove` and `attack` on an engine, in processes of their own.
 * @param address of the engine, as DOCKER_HOST takes it
 * @param dataFolder for what Dockproof keeps meanwhile
 * @param signal ends both early
 */
export async function examine(
  name: string,
  address: string,
  dataFolder: string,
  signal: AbortSignal,
): Promise<Examined> {
  const environment = { ...process.env, DOCKER_HOST: address, DATA_DIR: dataFolder };
  const proof = await readJson([`${projectFolder}dockproof`, 'prove', '--json'], environment, proofSchema, signal);
  const attack = [process.execPath, `${projectFolder}scripts/attack.ts`, '--json'] as const;
  return { name, proof, attacks: await readJson(attack, environment, attacksSchema, signal) };
}

/** Reads what a command prints as JSON; where it prints none, what it complains about is the reason. */
async function readJson<Schema extends z.ZodType>(
  [program, ...words]: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv,
  schema: Schema,
  signal: AbortSignal,
): Promise<z.output<Schema> | Missing> {
  const command = spawn(program, words, { env, stdio: ['ignore', 'pipe', 'pipe'], timeout: patience, signal });
  // Of a command that was ended early, what it printed tells enough.
  command.on('error', () => undefined);
  const [printed, complaint] = await Promise.all([text(command.stdout), text(command.stderr)]);
  if (printed === '') return { why: complaint.trim() || `\`${words.join(' ')}\` printed nothing in its time` };
  return schema.parse(JSON.parse(printed));
}
