import type Docker from 'dockerode';
import { boundedOutput } from './bounded-text.ts';
import { containerChanges } from './container/changes.ts';
import { handleOf } from './container/handle.ts';
import { containerLife, containerPauses } from './container/life.ts';
import { containerLogs } from './container/logs.ts';
import { containerMeasures } from './container/measures.ts';
import { containerNetwork } from './container/network.ts';
import { containerHealth, containerState } from './container/state.ts';
import { createWaitingShell } from './container/waiting-shell.ts';
import { readExitCode } from './container-facts.ts';
import { containerCommand, containerOptions } from './container-options.ts';
import { copyIn, copyOut } from './copy-files.ts';
import { demultiplex, textOfFrames } from './demultiplex.ts';
import { endMark } from './end-mark.ts';
import { AnswerUnreadable } from './engine-answer.ts';
import { execProcess } from './exec-process.ts';
import { makeContainer } from './make-container.ts';
import { cleanOutput } from './output.ts';
import { callEngine, type RunContext, shownName } from './run-context.ts';
import type { Container, ContainerSpec, Result, Tried } from './sandbox.ts';
import { untilRefused } from './until-refused.ts';

/** Creates a container of the run without starting it, recording the command line for it. */
export async function createContainer(context: RunContext, spec: ContainerSpec): Promise<Container> {
  context.recorder.command(containerCommand('create', spec, (spec.image ?? context.baseImage).name));
  return openContainer(context, spec, await create(context, spec));
}

/** Creates and starts a container of the run, recording one command line for both. */
export async function startContainer(context: RunContext, spec: ContainerSpec): Promise<Container> {
  context.recorder.command(containerCommand('run --detach', spec, (spec.image ?? context.baseImage).name));
  const container = openContainer(context, spec, await create(context, spec));
  await container.begin();
  return container;
}

/** Tries to create and start a container of the run, recording one command line for both. */
export async function tryContainer(context: RunContext, spec: ContainerSpec): Promise<Tried> {
  const { recorder } = context;
  recorder.command(containerCommand('run --detach', spec, (spec.image ?? context.baseImage).name));
  const created = await untilRefused(() => create(context, spec));
  if ('refusal' in created) {
    recorder.output(created.refusal);
    return { refusal: created.refusal, exitCode: null };
  }
  const container = openContainer(context, spec, created.value);
  const begun = await untilRefused(container.begin);
  if (!('refusal' in begun)) return { container };
  recorder.output(begun.refusal);
  recorder.command(`docker inspect --format '{{.State.ExitCode}}' ${shownName(spec.name)}`);
  const { exitCode } = await container.look();
  recorder.output(String(exitCode));
  return { refusal: begun.refusal, exitCode };
}

/** Runs a container to its end, removes it, and returns what it printed. */
export async function runOnce(context: RunContext, spec: ContainerSpec): Promise<Result> {
  const { recorder } = context;
  recorder.command(containerCommand('run --rm', spec, (spec.image ?? context.baseImage).name));
  const mark = endMark();
  const marked = spec.script === undefined ? spec : { ...spec, script: mark.around(spec.script) };
  const handle = await create(context, marked);
  const result = await callEngine(context, 'run a container', async () => {
    const { signal: abortSignal } = context;
    const stream = await handle.attach({ stream: true, stdout: true, stderr: true, abortSignal });
    const raw = boundedOutput();
    const finished = demultiplex(stream, raw.add);
    // Its failure is told below, once the container has started.
    finished.catch(() => undefined);
    await handle.start();
    await finished;
    const exitCode = readExitCode(await handle.wait({ abortSignal }));
    const output = mark.outputBefore(raw, exitCode) ?? (await outputInLog(handle, raw.head(), abortSignal));
    await context.mountGuard.remove(handle.id, () => handle.remove({ v: true }));
    return { output: cleanOutput(output), exitCode };
  });
  recorder.output(result.output);
  return result;
}

/**
 * What a process printed that could not say that it had come to its end, because it was ended, or is no script: then only
 * the engine's log tells whether all of it arrived.
 * @throws AnswerUnreadable where it did not
 */
async function outputInLog(handle: Docker.Container, received: string, abortSignal: AbortSignal): Promise<string> {
  const logged = textOfFrames(await handle.logs({ stdout: true, stderr: true, follow: false, abortSignal }));
  if (logged.startsWith(received) && logged.length === received.length) return received;
  throw new AnswerUnreadable('what a container printed was cut off');
}

async function create(context: RunContext, spec: ContainerSpec): Promise<Docker.Container> {
  if (spec.loosen) context.loosened(spec.loosen);
  const handle = await callEngine(context, 'create a container', async () =>
    makeContainer(context.engine.docker, containerOptions(context, spec)),
  );
  context.created('containers');
  context.containers.add(handle.id);
  if (spec.loosen?.writableRoot !== true) context.readOnlyRoots.add(handle.id);
  return handle;
}

/** A container as the sandbox itself uses it: it can also be started without recording a command. */
interface OpenContainer extends Container {
  begin(): Promise<void>;
}

function openContainer(context: RunContext, spec: ContainerSpec, docker: Docker.Container): OpenContainer {
  const handle = handleOf(context, spec, docker);
  const shell = createWaitingShell(handle);
  return {
    id: docker.id,
    name: spec.name,
    ...containerLife(handle, shell),
    ...containerPauses(handle),
    exec: (script) => shell.exec(script),
    execProcess: (...words) => execProcess(context, docker, handle.shown, words),
    ...containerNetwork(handle),
    copyIn: (path, text) => copyIn(context, docker, handle.shown, path, text),
    copyOut: (path) => copyOut(context, docker, handle.shown, path),
    ...containerState(handle),
    ...containerHealth(handle),
    ...containerLogs(handle),
    ...containerMeasures(handle),
    ...containerChanges(handle),
  };
}
