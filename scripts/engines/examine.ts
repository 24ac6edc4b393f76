import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { projectFolder } from '../../src/assemble.ts';
import { attacksSchema, type Examined, type Missing, proofSchema, refusedSchema } from './examined.ts';

/** Milliseconds that `prove` or `attack` may take on a slow engine. */
const patience = 20 * 60_000;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Runs `prove` and `attack` on an engine, in processes of their own; where that is refused, once more as an admin who
 * accepts the engine.
 * @param address of the engine, as DOCKER_HOST takes it
 * @param dataFolder for what Dockproof keeps meanwhile
 * @param signal ends all of it early
 * @throws Error if one of the two is refused and the other is not
 */
export async function examine(
  name: string,
  address: string,
  dataFolder: string,
  signal: AbortSignal,
): Promise<Examined> {
  const places = { ...process.env, DOCKER_HOST: address, DATA_DIR: dataFolder };
  const { proof, attacks } = await proveAndAttack({ ...places, DEMO_ENGINE_WITHOUT_LIMITS: 'refuse' }, signal);
  if (!('refused' in attacks)) return { name, refused: null, proof, attacks };
  if (!('why' in proof)) throw new Error(`\`prove\` ran on an engine that \`attack\` refuses: ${attacks.refused}`);
  const accepted = await proveAndAttack({ ...places, DEMO_ENGINE_WITHOUT_LIMITS: 'allow' }, signal);
  if ('refused' in accepted.attacks) throw new Error(`Refused although accepted: ${accepted.attacks.refused}`);
  return { name, refused: attacks.refused, proof: accepted.proof, attacks: accepted.attacks };
}

async function proveAndAttack(environment: Environment, signal: AbortSignal) {
  const proof = await readJson([`${projectFolder}dockproof`, 'prove', '--json'], environment, proofSchema, signal);
  const attack = [process.execPath, `${projectFolder}scripts/attack.ts`, '--json'] as const;
  const attacks = await readJson(attack, environment, z.union([attacksSchema, refusedSchema]), signal);
  return { proof, attacks };
}

/** Reads what a command prints as JSON; where it prints none, what it complains about is the reason. */
async function readJson<Schema extends z.ZodType>(
  [program, ...words]: readonly [string, ...string[]],
  env: Environment,
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
