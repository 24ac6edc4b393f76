import { attachWithInput } from '../attach.ts';
import { readFacts } from '../container-facts.ts';
import { AnswerUnreadable } from '../engine-answer.ts';
import { cleanOutput } from '../output.ts';
import type { Container, Result } from '../sandbox.ts';
import { SandboxError } from '../sandbox-error.ts';
import { openShell, type Shell } from '../shell.ts';
import type { ContainerHandle } from './handle.ts';

/** The shell that waits in a container for scripts, attached while the container runs. */
export interface WaitingShell extends Pick<Container, 'exec'> {
  /** Attaches to it; before the container starts, so that nothing is missed. */
  attach(): Promise<void>;
  /** Lets go of it, where the container has ended. */
  drop(): void;
}

/** Makes the way to the shell of a container. */
export function createWaitingShell(handle: ContainerHandle): WaitingShell {
  const { context, container, shown, record, print, call } = handle;
  let shell: Shell | null = null;

  const attach = async (): Promise<Shell> => {
    const opened = openShell(await attachWithInput(context.engine.docker, container.id, context.signal), shown);
    shell = opened;
    return opened;
  };

  return {
    attach: async () => void (await attach()),
    drop() {
      shell?.close();
      shell = null;
    },
    async exec(script) {
      record('exec', shown, 'sh', '-c', script);
      const open = shell;
      if (open === null) throw noShell(shown);
      const raw = await call('run a command in a container', async () =>
        runIn(handle, (await isCutOff(handle, open)) ? await attach() : open, script),
      );
      const result = { output: cleanOutput(raw.output), exitCode: raw.exitCode };
      print(result.output);
      return result;
    },
  };
}

function noShell(shown: string): SandboxError {
  return new SandboxError(
    'container-ended',
    `No shell waits in ${shown}: it is stopped, or its main process is a script`,
  );
}

/**
 * Podman tidies up after a stop in a process of its own. That can make the next start fail, which another attempt mends,
 * or cut off what was attached for it.
 */
async function isCutOff(handle: ContainerHandle, open: Shell): Promise<boolean> {
  return handle.context.facts.product === 'Podman' && open.hasEnded() && isRunning(handle);
}

/** A shell whose connection ends has ended with its container, or was cut off from one that goes on. */
async function runIn(handle: ContainerHandle, open: Shell, script: string): Promise<Result> {
  try {
    return await open.run(script);
  } catch (error) {
    if (error instanceof SandboxError && error.code === 'container-ended' && (await isRunning(handle))) {
      throw new AnswerUnreadable('what a container printed was cut off', { cause: error });
    }
    throw error;
  }
}

async function isRunning({ container }: ContainerHandle): Promise<boolean> {
  return readFacts(await container.inspect()).status === 'running';
}
