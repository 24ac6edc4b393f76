import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitForSocket } from '../engine/socket.mjs';

/** An engine that was started for a comparison. */
export interface StartedEngine {
  /** As DOCKER_HOST takes it. */
  readonly address: string;
  /** Ends the engine and waits until it is gone. */
  stop(): Promise<void>;
}

/** A command that starts an engine and stays in the foreground. */
export interface EngineCommand {
  readonly socket: string;
  /** Where the engine runs, keeps its data and writes its log. */
  readonly folder: string;
  readonly words: readonly [string, ...string[]];
  readonly environment?: Readonly<Record<string, string>>;
  readonly user?: { readonly uid: number; readonly gid: number };
}

/**
 * Starts an engine and waits until it answers.
 * @throws Error with the last words of its log if it does not within a minute
 */
export async function startEngine({ socket, folder, words, environment, user }: EngineCommand): Promise<StartedEngine> {
  const log = join(folder, 'log');
  const output = openSync(log, 'a');
  const [program, ...rest] = words;
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin`, ...environment };
  const engine = spawn(program, rest, { cwd: folder, stdio: ['ignore', output, output], env, ...user });
  let ended = false;
  const end = new Promise<void>((resolve) => {
    engine.on('error', () => resolve()).on('exit', () => resolve());
  }).then(() => {
    ended = true;
  });

  async function stop(): Promise<void> {
    if (ended) return;
    engine.kill('SIGTERM');
    const patience = setTimeout(() => engine.kill('SIGKILL'), 20_000);
    await end;
    clearTimeout(patience);
  }

  const answered = await Promise.race([waitForSocket(socket, 60), end.then(() => false)]);
  if (answered) return { address: `unix://${socket}`, stop };
  await stop();
  const last = (await readFile(log, 'utf8')).trimEnd().split('\n').slice(-3).join('\n');
  throw new Error(`\`${words.join(' ')}\` did not start: ${last}`);
}
