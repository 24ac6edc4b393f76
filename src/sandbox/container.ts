import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import { attachWithInput } from './attach.ts';
import { boundedOutput } from './bounded-text.ts';
import { containerAnswers, readExitCode, readFacts, readMemory } from './container-facts.ts';
import { containerNetwork } from './container-network.ts';
import { containerCommand, containerOptions, restartPolicy, waitsForScripts } from './container-options.ts';
import { copyIn, copyOut } from './copy-files.ts';
import { demultiplex, textOfFrames } from './demultiplex.ts';
import { endMark } from './end-mark.ts';
import { AnswerUnreadable, readAnswer } from './engine-answer.ts';
import { execProcess } from './exec-process.ts';
import { healthCommand, waitForHealth } from './health.ts';
import { humanSize } from './human-size.ts';
import { imageLabels, labelInstruction, noContainerLabels } from './labels.ts';
import { makeContainer } from './make-container.ts';
import { cleanOutput } from './output.ts';
import { lockDown } from './policy.ts';
import { commandLine, quote } from './quote.ts';
import { callEngine, engineName, type RunContext, shownName } from './run-context.ts';
import type { Container, ContainerSpec, Result, Tried } from './sandbox.ts';
import { SandboxError } from './sandbox-error.ts';
import { markLine, openShell, type Shell } from './shell.ts';
import { untilRefused } from './until-refused.ts';

/** How long a wait for a line of a log may take, in milliseconds. */
const logWait = 5000;

const changeKinds = ['C', 'A', 'D'] as const;

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

function openContainer(context: RunContext, spec: ContainerSpec, handle: Docker.Container): OpenContainer {
  const { recorder } = context;
  const shown = shownName(spec.name);
  let shell: Shell | null = null;

  const call = <Value>(doing: string, action: () => Promise<Value>) => callEngine(context, doing, action);
  const record = (...words: string[]) => recorder.command(commandLine(['docker', ...words]));
  const dropShell = () => {
    shell?.close();
    shell = null;
  };

  async function beginOnce(): Promise<void> {
    if (waitsForScripts(spec)) shell = await attachShell();
    await handle.start();
  }

  async function begin(): Promise<void> {
    await call('start a container', async () => {
      if (context.facts.product === 'Podman') await beginOnce().catch(() => sleep(300).then(beginOnce));
      else await beginOnce();
    });
  }

  const look = () => call('inspect a container', async () => readFacts(await handle.inspect()));

  async function readLogs(): Promise<string> {
    const raw = await call('read the logs of a container', async () =>
      textOfFrames(await handle.logs({ stdout: true, stderr: true, follow: false })),
    );
    return cleanOutput(raw.replace(markLine, ''));
  }

  const attachShell = async () =>
    openShell(await attachWithInput(context.engine.docker, handle.id, context.signal), shown);

  const isRunning = async () => readFacts(await handle.inspect()).status === 'running';

  /**
   * Podman tidies up after a stop in a process of its own. That can make the next start fail, which another attempt mends,
   * or cut off what was attached for it.
   */
  async function isCutOff(open: Shell): Promise<boolean> {
    return context.facts.product === 'Podman' && open.hasEnded() && isRunning();
  }

  /** A shell whose connection ends has ended with its container, or was cut off from one that goes on. */
  async function runIn(open: Shell, script: string): Promise<Result> {
    try {
      return await open.run(script);
    } catch (error) {
      if (error instanceof SandboxError && error.code === 'container-ended' && (await isRunning())) {
        throw new AnswerUnreadable('what a container printed was cut off', { cause: error });
      }
      throw error;
    }
  }

  return {
    id: handle.id,
    name: spec.name,
    begin,
    async start() {
      record('start', shown);
      await begin();
    },
    async stop() {
      record('stop', '--time', '1', shown);
      await call('stop a container', () => handle.stop({ t: 1 }));
      dropShell();
    },
    async kill() {
      record('kill', shown);
      await call('kill a container', async () => {
        await handle.kill();
        readExitCode(await handle.wait({ abortSignal: context.signal }));
      });
      dropShell();
    },
    async restart() {
      record('restart', '--time', '1', shown);
      await call('stop a container', () => handle.stop({ t: 1 }));
      dropShell();
      await begin();
    },
    async pause() {
      record('pause', shown);
      await call('pause a container', () => handle.pause());
    },
    async unpause() {
      record('unpause', shown);
      await call('unpause a container', () => handle.unpause());
    },
    async wait() {
      record('wait', shown);
      const exitCode = await call('wait for a container', async () =>
        readExitCode(await handle.wait({ abortSignal: context.signal })),
      );
      recorder.output(String(exitCode));
      return { exitCode };
    },
    async exec(script) {
      record('exec', shown, 'sh', '-c', script);
      const open = shell;
      if (open === null) {
        throw new SandboxError(
          'container-ended',
          `No shell waits in ${shown}: it is stopped, or its main process is a script`,
        );
      }
      const raw = await call('run a command in a container', async () => {
        if (!(await isCutOff(open))) return runIn(open, script);
        shell = await attachShell();
        return runIn(shell, script);
      });
      const result = { output: cleanOutput(raw.output), exitCode: raw.exitCode };
      recorder.output(result.output);
      return result;
    },
    execProcess: (...words) => execProcess(context, handle, shown, words),
    ...containerNetwork(context, spec, handle),
    copyIn: (path, text) => copyIn(context, handle, shown, path, text),
    copyOut: (path) => copyOut(context, handle, shown, path),
    async health(wanted, milliseconds = 5000) {
      if (wanted !== undefined) recorder.command(waitForHealth(shown, wanted, milliseconds));
      recorder.command(healthCommand(shown));
      const deadline = performance.now() + (wanted === undefined ? 0 : milliseconds);
      let found = (await look()).health;
      while (found !== wanted && performance.now() < deadline) {
        await call('wait', () => sleep(25));
        found = (await look()).health;
      }
      recorder.output(found);
      return found;
    },
    async lastProbe() {
      const last = '{{range .State.Health.Log}}{{$last = .Output}}{{end}}';
      record('inspect', '--format', `{{$last := ""}}${last}{{$last}}`, shown);
      const { lastProbe } = await look();
      recorder.output(lastProbe);
      return lastProbe;
    },
    async logs() {
      record('logs', shown);
      const output = await readLogs();
      recorder.output(output);
      return output;
    },
    async waitForLog(text) {
      const found = `docker logs ${shown} 2>&1 | grep -qF ${quote(text)}`;
      recorder.command(`for i in $(seq 50); do ${found} && break; sleep 0.1; done`);
      const deadline = performance.now() + logWait;
      while (!(await readLogs()).includes(text)) {
        if (performance.now() > deadline) return false;
        await call('wait', () => sleep(25));
      }
      return true;
    },
    async diff() {
      recorder.command(`docker diff ${shown} | sort -k 2`);
      const changes = await call('compare a container with its image', async () =>
        readAnswer(containerAnswers.changes, await handle.changes()),
      );
      const rows = (changes ?? [])
        .map(({ Path, Kind }) => ({ kind: changeKinds[Kind], path: Path }))
        .sort((a, b) => a.path.localeCompare(b.path));
      recorder.output(rows.map(({ kind, path }) => `${kind} ${path}`).join('\n'));
      return rows;
    },
    async inspect() {
      const format = '{{.State.Status}} exit={{.State.ExitCode}} restarts={{.RestartCount}}';
      record('inspect', '--format', format, shown);
      const facts = await look();
      recorder.output(`${facts.status} exit=${facts.exitCode} restarts=${facts.restartCount}`);
      return facts;
    },
    async inspectShows(text) {
      recorder.command(`docker inspect ${shown} | grep -q ${quote(text)} && echo found || echo 'not found'`);
      const found = await call('inspect a container', async () => {
        const told = await handle.inspect();
        readFacts(told);
        return JSON.stringify(told).includes(text);
      });
      recorder.output(found ? 'found' : 'not found');
      return found;
    },
    look,
    async exists() {
      const list = commandLine(['docker', 'ps', '--all', '--filter', `name=^/?${shown}$`, '--format', '{{.Status}}']);
      recorder.command(`${list} | grep . || echo 'no such container'`);
      const found = await call('look for a container', async () => {
        const filters = { id: [handle.id] };
        const listed: unknown = await context.engine.docker.listContainers({ all: true, filters });
        return readAnswer(containerAnswers.list, listed).filter(({ Id }) => Id === handle.id);
      });
      recorder.output(found.map((row) => row.Status).join('\n') || 'no such container');
      return found.length > 0;
    },
    async size() {
      record('ps', '--all', '--size', '--filter', `name=${shown}`, '--format', '{{.Size}}');
      const size = await call('measure a container', () => readSize(context, handle.id));
      recorder.output(`${humanSize(size.writable, 3)} (virtual ${humanSize(size.total, 3)})`);
      return size;
    },
    async top() {
      record('top', shown, '-eo', 'pid,args');
      const found = await call('list processes', async () =>
        readAnswer(containerAnswers.top, await handle.top({ ps_args: '-eo pid,args' })),
      );
      // Podman returns each row as one text.
      const rows = found.Processes.map((words) => {
        const [, pid = '', command = ''] = /^\s*(\d+)\s+(.*)$/.exec(words.join(' ')) ?? [];
        return { pid: Number(pid), command };
      });
      recorder.output(rows.map(({ pid, command }) => `${pid} ${command}`).join('\n'));
      return rows;
    },
    async memory() {
      record('stats', '--no-stream', '--format', '{{.MemUsage}}', shown);
      const found = await call('measure memory', async () =>
        readMemory(await handle.stats({ stream: false, 'one-shot': true })),
      );
      recorder.output(`${(found.usage / 1024).toPrecision(4)}KiB / ${found.limit / 1024 ** 2}MiB`);
      return found;
    },
    async commit(name) {
      record('commit', shown, shownName(name));
      const repo = `${engineName(context, name)}`;
      context.images.made = true;
      const labels = { ...noContainerLabels, ...imageLabels(context.labels) };
      const made = await call('commit a container', async () =>
        readAnswer(
          containerAnswers.made,
          await handle.commit({ repo, pause: false, changes: labelInstruction(labels) }),
        ),
      );
      context.created('images');
      return { id: made.Id, name: shownName(name) };
    },
    async setRestart(policy) {
      record('update', '--restart', policy, shown);
      await call('update a container', () => handle.update({ RestartPolicy: restartPolicy(policy) }));
    },
    async setLimits({ memory, cpus }) {
      record('update', '--memory', String(memory), '--memory-swap', String(memory), '--cpus', String(cpus), shown);
      const { Memory, MemorySwap, NanoCpus } = lockDown({ memory, cpus }).HostConfig;
      await call('update a container', () => handle.update({ Memory, MemorySwap, NanoCpus }));
    },
    async remove(options = {}) {
      record('rm', '--force', ...(options.volumes === true ? ['--volumes'] : []), shown);
      dropShell();
      const remove = () =>
        call('remove a container', () =>
          context.mountGuard.remove(handle.id, () => handle.remove({ force: true, v: options.volumes === true })),
        );
      // Podman ends a paused container at the first attempt, and removes it at the second.
      if (context.facts.product === 'Podman') await remove().catch(remove);
      else await remove();
    },
  };
}

/** The list is the one call of the client library that passes the wish for sizes on. */
async function readSize(context: RunContext, id: string): Promise<{ writable: number; total: number }> {
  const found: unknown = await context.engine.docker.listContainers({ all: true, size: true, filters: { id: [id] } });
  const [row] = readAnswer(containerAnswers.sizes, found);
  return { writable: row?.SizeRw ?? 0, total: row?.SizeRootFs ?? 0 };
}
