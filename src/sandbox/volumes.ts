import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { commandLine } from './quote.ts';
import { callEngine, engineName, type RunContext, shownName } from './run-context.ts';
import type { Container, HostDirectory, Volume } from './sandbox.ts';
import { SandboxError, statusOf } from './sandbox-error.ts';

/** Makes a named volume of the run. */
export async function createVolume(context: RunContext, name: string): Promise<Volume> {
  context.recorder.command(commandLine(['docker', 'volume', 'create', shownName(name)]));
  const Name = engineName(context, name);
  await callEngine(context, 'create a volume', () =>
    context.engine.docker.createVolume({ Name, Labels: { ...context.labels } }),
  );
  context.created('volumes');
  return toVolume(context, Name, shownName(name));
}

/**
 * Finds the anonymous volume that a container has at a path. The engine named it and gave it no label, so the run
 * removes it at its end by that name.
 * @throws SandboxError if the container has none there
 */
export async function findAnonymousVolume(context: RunContext, container: Container, path: string): Promise<Volume> {
  const { mounts } = await container.inspect();
  const mount = mounts.find((candidate) => candidate.type === 'volume' && candidate.path === path);
  if (!mount) throw new SandboxError('engine-refused', `The container ${container.name} has no volume at ${path}`);
  context.created('volumes');
  context.onClose(async () => {
    await context.engine.docker
      .getVolume(mount.name)
      .remove({ force: true })
      .catch((error: unknown) => {
        if (statusOf(error) !== 404) throw error;
      });
  });
  const variable = `"$(docker inspect --format '{{(index .Mounts 0).Name}}' ${shownName(container.name)})"`;
  return toVolume(context, mount.name, variable);
}

function toVolume(context: RunContext, name: string, shown: string): Volume {
  const { engine, recorder } = context;
  const handle = engine.docker.getVolume(name);
  return {
    name,
    shownName: shown,
    async exists() {
      recorder.command(commandLine(['docker', 'volume', 'inspect', '--format', '{{.Name}}', shown]));
      try {
        await callEngine(context, 'inspect a volume', () => handle.inspect());
        recorder.output(shown);
        return true;
      } catch (error) {
        if (statusOf(error) !== 404) throw error;
        recorder.output('no such volume');
        return false;
      }
    },
    async remove() {
      recorder.command(commandLine(['docker', 'volume', 'rm', shown]));
      await callEngine(context, 'remove a volume', () => handle.remove());
    },
    async tryRemove() {
      recorder.command(commandLine(['docker', 'volume', 'rm', shown]));
      try {
        await callEngine(context, 'remove a volume', () => handle.remove());
        recorder.output(shown);
        return null;
      } catch (error) {
        if (statusOf(error) !== 409 || !(error instanceof SandboxError)) throw error;
        recorder.output(error.message);
        return error.message;
      }
    },
    async mountpoint() {
      recorder.command(commandLine(['docker', 'volume', 'inspect', '--format', '{{.Mountpoint}}', shown]));
      const found = await callEngine(context, 'inspect a volume', () => handle.inspect());
      recorder.output(found.Mountpoint);
      return found.Mountpoint;
    },
  };
}

/**
 * Makes a directory for bind mounts on the host of this program, which must be the engine's host too. It is the only
 * host path that a container of the run can be given.
 */
export async function createHostDirectory(context: RunContext, name: string): Promise<HostDirectory> {
  const path = await mkdtemp(join(tmpdir(), `${engineName(context, name)}-`));
  context.onClose(() => rm(path, { recursive: true, force: true }));
  await chmod(path, 0o777);
  const shownPath = `$PWD/${shownName(name)}`;
  context.recorder.command(`mkdir -p ${shownName(name)} && chmod 777 ${shownName(name)}`);
  const inside = (file: string) => join(path, basename(file));
  return {
    path,
    shownPath,
    async write(file, text) {
      context.recorder.command(`printf %s ${commandLine([text])} > ${shownName(name)}/${basename(file)}`);
      await writeFile(inside(file), text);
      await chmod(inside(file), 0o666);
    },
    async list() {
      context.recorder.command(`ls ${shownName(name)}`);
      const names = (await readdir(path)).sort();
      context.recorder.output(names.join('\n'));
      return names;
    },
    async read(file) {
      context.recorder.command(`cat ${shownName(name)}/${basename(file)}`);
      const text = await readFile(inside(file), 'utf8');
      context.recorder.output(text);
      return text;
    },
  };
}
