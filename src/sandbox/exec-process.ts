import type Docker from 'dockerode';
import { z } from 'zod';
import { boundedOutput } from './bounded-text.ts';
import { demultiplex } from './demultiplex.ts';
import { endMark } from './end-mark.ts';
import { AnswerUnreadable, readAnswer } from './engine-answer.ts';
import { cleanOutput } from './output.ts';
import { commandLine } from './quote.ts';
import { callEngine, type RunContext } from './run-context.ts';
import type { Result } from './sandbox.ts';
import { untilRefused } from './until-refused.ts';

/** It must have ended, with an exit code. */
const endedSchema = z.object({ Running: z.literal(false), ExitCode: z.number().int() });

/**
 * Runs a command as a process of its own in a container, as `docker exec` does. It is the container's user and has what
 * the policy gave the container: no capabilities, no network, the same control groups.
 * @param shown the container's name in command lines
 * @param words a script by `sh -c`, which says when it has come to its end, or a program that the engine may refuse
 * @returns what it printed, or the engine's refusal
 */
export async function execProcess(
  context: RunContext,
  handle: Docker.Container,
  shown: string,
  words: readonly string[],
): Promise<Result | { readonly refusal: string }> {
  context.recorder.command(commandLine(['docker', 'exec', shown, ...words]));
  const mark = endMark();
  const [program, flag, script] = words;
  const isScript = program === 'sh' && flag === '-c' && script !== undefined;
  const Cmd = isScript ? ['sh', '-c', mark.around(script)] : [...words];
  const run = async (): Promise<Result> => {
    const made = await handle.exec({ Cmd, AttachStdout: true, AttachStderr: true });
    const stream = await made.start({ abortSignal: context.signal });
    const raw = boundedOutput();
    await demultiplex(stream, raw.add);
    const { ExitCode: exitCode } = readAnswer(endedSchema, await made.inspect());
    if (!isScript) return { output: cleanOutput(raw.head()), exitCode };
    const output = mark.outputBefore(raw, exitCode);
    if (output === null) throw new AnswerUnreadable('what a command printed was cut off');
    return { output: cleanOutput(output), exitCode };
  };
  const ended = await untilRefused(() => callEngine(context, 'run a command in a container', run));
  if ('refusal' in ended) {
    context.recorder.output(ended.refusal);
    return { refusal: ended.refusal };
  }
  context.recorder.output(ended.value.output);
  return ended.value;
}
