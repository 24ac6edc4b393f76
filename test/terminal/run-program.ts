import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { projectFolder } from '../../src/assemble.ts';
import { shareModels } from '../matching/shared-models.ts';

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Starts the program as a person does. */
export function startProgram(
  words: readonly string[],
  settings: Readonly<Record<string, string>> = {},
  identity: { uid?: number; gid?: number } = {},
): ChildProcess {
  if (settings.DATA_DIR !== undefined) shareModels(settings.DATA_DIR);
  return spawn(`${projectFolder}dockproof`, words, {
    env: { ...environment(), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...identity,
  });
}

/** Runs the program to its end. */
export async function runProgram(
  words: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const child = startProgram(words, settings);
  if (!child.stdout || !child.stderr) throw new Error('The program has no output');
  const [out, err] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    child.exitCode === null ? once(child, 'close') : null,
  ]);
  return { code: child.exitCode, out, err };
}

/** Without what the test runner says about colours. */
function environment(): Record<string, string | undefined> {
  const { FORCE_COLOR: _, NO_COLOR: __, ...rest } = process.env;
  return rest;
}
