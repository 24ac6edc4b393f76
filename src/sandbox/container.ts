import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import { attachWithInput } from './attach.ts';
import { boundedText } from './bounded-text.ts';
import { readFacts, readMemory, sizeSchema } from './container-facts.ts';
import { containerCommand, containerOptions, restartPolicy, waitsForScripts } from './container-options.ts';
import { copyIn, copyOut } from './copy-files.ts';
import { demultiplex } from './demultiplex.ts';
import { execProcess } from './exec-process.ts';
import { healthCommand, waitForHealth } from './health.ts';
import { humanSize } from './human-size.ts';
import { cleanOutput } from './output.ts';
import { lockDown } from './policy.ts';
import { commandLine, quote } from './quote.ts';
import { callEngine, engineName, type RunContext, shownName } from './run-context.ts';
import type { Container, ContainerSpec, Result, Tried } from './sandbox.ts';
import { SandboxError, statusOf } from './sandbox-error.ts';
import { markLine, openShell, type Shell } from './shell.ts';

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
  const { recorder, engine } = context;
  recorder.command(containerCommand('run --detach', spec, (spec.image ?? context.baseImage).name));
  let made: OpenContainer | null = null;
  try {
    made = openContainer(context, spec, await create(context, spec));
    await made.begin();
    return { container: made };
  } catch (error) {
    if (!(error instanceof SandboxError) || statusOf(error) === null) throw error;
    recorder.output(error.message);
    if (made === null) return { refusal: error.message, exitCode: null };
    const { id } = made;
    recorder.command(`docker inspect --format '{{.State.ExitCode}}' ${shownName(spec.name)}`);
    const { exitCode } = await callEngine(context, 'inspect a container', async () =>
      readFacts(await engine.docker.getContainer(id).inspect()),
    );
    recorder.output(String(exitCode));
    return { refusal: error.message, exitCode };
  }
}

/** Runs a container to its end, removes it, and returns what it printed. */
export async function runOnce(context: RunContext, spec: ContainerSpec): Promise<Result> {
  const { recorder } = context;
  recorder.command(containerCommand('run --rm', spec, (spec.image ?? context.baseImage).name));
  const handle = await create(context, spec);
  const result = await callEngine(context, 'run a container', async () => {
    const stream = await handle.attach({ stream: true, stdout: true, stderr: true, abortSignal: context.signal });
    const raw = boundedText();
    const finished = new Promise<void>((resolve) => {
      stream.on('end', resolve);
      stream.on('close', resolve);
      stream.on('error', () => resolve());
    });
    demultiplex(stream, raw.add);
    await handle.start();
    await finished;
    const status: { StatusCode: number } = await handle.wait();
    await context.mountGuard.remove(handle.id, () => handle.remove({ v: true }));
    return { output: cleanOutput(raw.read()), exitCode: status.StatusCode };
  });
  recorder.output(result.output);
  return result;
}

async function create(context: RunContext, spec: ContainerSpec): Promise<Docker.Container> {
  if (spec.loosen) context.loosened(spec.loosen);
  const handle = await callEngine(context, 'create a container', () =>
    context.engine.docker.createContainer(containerOptions(context, spec)),
  );
  context.created('containers');
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

  async function readLogs(): Promise<string> {
    const raw = await call('read the logs of a container', () =>
      handle.logs({ stdout: true, stderr: true, follow: false }),
    );
    return cleanOutput(textOfFrames(raw).replace(markLine, ''));
  }

  const attachShell = async () =>
    openShell(await attachWithInput(context.engine.docker, handle.id, context.signal), shown);

  /**
   * Podman tidies up after a stop in a process of its own. That can make the next start fail, which another attempt mends,
   * or cut off what was attached for it.
   */
  async function isCutOff(open: Shell): Promise<boolean> {
    if (context.facts.product !== 'Podman' || !open.hasEnded()) return false;
    return readFacts(await handle.inspect()).status === 'running';
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
        await handle.wait();
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
      const status: { StatusCode: number } = await call('wait for a container', () => handle.wait());
      recorder.output(String(status.StatusCode));
      return { exitCode: status.StatusCode };
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
        if (!(await isCutOff(open))) return open.run(script);
        shell = await attachShell();
        return shell.run(script);
      });
      const result = { output: cleanOutput(raw.output), exitCode: raw.exitCode };
      recorder.output(result.output);
      return result;
    },
    execProcess: (...words) => execProcess(context, handle, shown, words),
    copyIn: (path, text) => copyIn(context, handle, shown, path, text),
    copyOut: (path) => copyOut(context, handle, shown, path),
    async health(wanted, milliseconds = 5000) {
      const look = async () => readFacts(await call('inspect a container', () => handle.inspect())).health;
      if (wanted !== undefined) recorder.command(waitForHealth(shown, wanted, milliseconds));
      recorder.command(healthCommand(shown));
      const deadline = performance.now() + (wanted === undefined ? 0 : milliseconds);
      let found = await look();
      while (found !== wanted && performance.now() < deadline) {
        await call('wait', () => sleep(25));
        found = await look();
      }
      recorder.output(found);
      return found;
    },
    async lastProbe() {
      const last = '{{range .State.Health.Log}}{{$last = .Output}}{{end}}';
      record('inspect', '--format', `{{$last := ""}}${last}{{$last}}`, shown);
      const { lastProbe } = readFacts(await call('inspect a container', () => handle.inspect()));
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
      const changes: { Path: string; Kind: number }[] | null = await call('compare a container with its image', () =>
        handle.changes(),
      );
      const rows = (changes ?? [])
        .map(({ Path, Kind }) => ({ kind: changeKinds[Kind] ?? 'C', path: Path }))
        .sort((a, b) => a.path.localeCompare(b.path));
      recorder.output(rows.map(({ kind, path }) => `${kind} ${path}`).join('\n'));
      return rows;
    },
    async inspect() {
      const format = '{{.State.Status}} exit={{.State.ExitCode}} restarts={{.RestartCount}}';
      record('inspect', '--format', format, shown);
      const facts = readFacts(await call('inspect a container', () => handle.inspect()));
      recorder.output(`${facts.status} exit=${facts.exitCode} restarts=${facts.restartCount}`);
      return facts;
    },
    async inspectShows(text) {
      recorder.command(`docker inspect ${shown} | grep -q ${quote(text)} && echo found || echo 'not found'`);
      const found = JSON.stringify(await call('inspect a container', () => handle.inspect())).includes(text);
      recorder.output(found ? 'found' : 'not found');
      return found;
    },
    look: async () => readFacts(await call('inspect a container', () => handle.inspect())),
    async exists() {
      const list = commandLine(['docker', 'ps', '--all', '--filter', `name=^/?${shown}$`, '--format', '{{.Status}}']);
      recorder.command(`${list} | grep . || echo 'no such container'`);
      const found = await call('look for a container', () =>
        context.engine.docker.listContainers({ all: true, filters: { id: [handle.id] } }),
      );
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
      const found: { Titles: string[]; Processes: string[][] } = await call('list processes', () =>
        handle.top({ ps_args: '-eo pid,args' }),
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
      const found = readMemory(await call('measure memory', () => handle.stats({ stream: false, 'one-shot': true })));
      recorder.output(`${(found.usage / 1024).toPrecision(4)}KiB / ${found.limit / 1024 ** 2}MiB`);
      return found;
    },
    async commit(name) {
      record('commit', shown, shownName(name));
      const repo = `${engineName(context, name)}`;
      const made: { Id: string } = await call('commit a container', () => handle.commit({ repo, pause: false }));
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
  const [row] = await context.engine.docker.listContainers({ all: true, size: true, filters: { id: [id] } });
  const { SizeRw, SizeRootFs } = sizeSchema.parse(row);
  return { writable: SizeRw, total: SizeRootFs };
}

/** The text of a finished stream of frames, as `logs` returns it. */
function textOfFrames(raw: Buffer): string {
  const parts: string[] = [];
  for (let at = 0; at + 8 <= raw.length; ) {
    const end = at + 8 + raw.readUInt32BE(at + 4);
    parts.push(raw.toString('utf8', at + 8, end));
    at = end;
  }
  return parts.join('');
}
