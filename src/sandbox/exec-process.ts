import type Docker from 'dockerode';
import { boundedText } from './bounded-text.ts';
import { demultiplex } from './demultiplex.ts';
import { cleanOutput } from './output.ts';
import { commandLine } from './quote.ts';
import { callEngine, type RunContext } from './run-context.ts';
import type { Result } from './sandbox.ts';
import { SandboxError, statusOf } from './sandbox-error.ts';

/**
 * Runs a command as a process of its own in a container, as `docker exec` does. It is the container's user and has what
 * the policy gave the container: no capabilities, no network, the same control groups.
 * @param shown the container's name in command lines
 * @returns what it printed, or the engine's refusal
 */
export async function execProcess(
  context: RunContext,
  handle: Docker.Container,
  shown: string,
  words: readonly string[],
): Promise<Result | { readonly refusal: string }> {
  context.recorder.command(commandLine(['docker', 'exec', shown, ...words]));
  try {
    const result = await callEngine(context, 'run a command in a container', async () => {
      const made = await handle.exec({ Cmd: [...words], AttachStdout: true, AttachStderr: true });
      const stream = await made.start({ abortSignal: context.signal });
      const raw = boundedText();
      demultiplex(stream, raw.add);
      await new Promise<void>((resolve) => {
        for (const event of ['end', 'close', 'error']) stream.on(event, () => resolve());
      });
      const { ExitCode } = await made.inspect();
      return { output: cleanOutput(raw.read()), exitCode: ExitCode ?? -1 };
    });
    context.recorder.output(result.output);
    return result;
  } catch (error) {
    if (!(error instanceof SandboxError) || statusOf(error) === null) throw error;
    context.recorder.output(error.message);
    return { refusal: error.message };
  }
}
