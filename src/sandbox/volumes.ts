import { z } from 'zod';
import { answerIds, readAnswer } from './engine-answer.ts';
import { labelNames } from './labels.ts';
import { commandLine } from './quote.ts';
import { callEngine, engineName, type RunContext, shownName } from './run-context.ts';
import type { Container, Volume } from './sandbox.ts';
import { SandboxError, statusOf } from './sandbox-error.ts';

const volumeSchema = z.object({
  Name: answerIds.volume,
  Mountpoint: z.string(),
  Labels: z.record(z.string(), z.string()).nullish(),
});

/** Makes a named volume of the run. */
export async function createVolume(context: RunContext, name: string): Promise<Volume> {
  context.recorder.command(commandLine(['docker', 'volume', 'create', shownName(name)]));
  const Name = engineName(context, name);
  await callEngine(context, 'create a volume', () =>
    context.engine.docker.createVolume({ Name, Labels: { ...context.labels } }),
  );
  context.created('volumes');
  context.volumes.add(Name);
  return toVolume(context, Name, { word: shownName(name), printed: shownName(name) });
}

/**
 * Names a volume of the run without making it: the first container that mounts it does, as the engine then makes any
 * volume that it does not know.
 */
export function nameVolume(context: RunContext, name: string): Volume {
  const Name = engineName(context, name);
  context.volumes.add(Name);
  return toVolume(context, Name, { word: shownName(name), printed: shownName(name) });
}

/**
 * Finds the anonymous volume that a container has at a path.
 * @throws SandboxError if the container has none there
 */
export async function findAnonymousVolume(context: RunContext, container: Container, path: string): Promise<Volume> {
  const { mounts } = await container.look();
  const mount = mounts.find((candidate) => candidate.type === 'volume' && candidate.path === path);
  if (!mount) throw new SandboxError('engine-refused', `The container ${container.name} has no volume at ${path}`);
  context.created('volumes');
  context.volumes.add(mount.name);
  await noteUnlabelled(context, mount.name);
  // A variable, because the name has to be known still when the container is gone.
  const variable = `volume_${container.name.replaceAll('-', '_')}`;
  const format = `{{range .Mounts}}{{if eq .Destination "${path}"}}{{.Name}}{{end}}{{end}}`;
  const inspect = commandLine(['docker', 'inspect', '--format', format, shownName(container.name)]);
  context.recorder.command(`${variable}="$(${inspect})"; echo "$${variable}"`);
  context.recorder.output(mount.name);
  return toVolume(context, mount.name, { word: `"$${variable}"`, printed: mount.name });
}

/**
 * Notes, on the engine itself, a volume that carries no labels because an image declared it: the run's end, or the reaper
 * after this program was killed, finds the labelled stand-in and removes both.
 */
async function noteUnlabelled(context: RunContext, name: string): Promise<void> {
  const { docker } = context.engine;
  await callEngine(context, 'note a volume', async () => {
    const { Labels } = readAnswer(volumeSchema, await docker.getVolume(name).inspect());
    if (Labels?.[labelNames.run] === context.runId) return;
    await docker.createVolume({
      Name: engineName(context, `for-${name.slice(0, 12)}`),
      Labels: { ...context.labels, [labelNames.standsFor]: name },
    });
  });
}

/** How command lines name a volume, as a word of the shell, and how their output does. */
interface ShownVolume {
  readonly word: string;
  readonly printed: string;
}

/** Makes the handle of a volume of the run. */
export function toVolume(context: RunContext, name: string, { word, printed }: ShownVolume): Volume {
  const { engine, recorder } = context;
  const handle = engine.docker.getVolume(name);
  const inspect = () =>
    callEngine(context, 'inspect a volume', async () => readAnswer(volumeSchema, await handle.inspect()));
  return {
    name,
    shownName: word,
    async exists() {
      recorder.command(`docker volume inspect --format '{{.Name}}' ${word}`);
      try {
        await inspect();
        recorder.output(printed);
        return true;
      } catch (error) {
        if (statusOf(error) !== 404) throw error;
        recorder.output('no such volume');
        return false;
      }
    },
    async remove() {
      recorder.command(`docker volume rm ${word}`);
      await callEngine(context, 'remove a volume', () => handle.remove());
    },
    async tryRemove({ force = false } = {}) {
      recorder.command(`docker volume rm ${force ? '--force ' : ''}${word}`);
      try {
        await callEngine(context, 'remove a volume', () => handle.remove({ force }));
        recorder.output(printed);
        return null;
      } catch (error) {
        if (statusOf(error) !== 409 || !(error instanceof SandboxError)) throw error;
        recorder.output(error.message);
        return error.message;
      }
    },
    async mountpoint() {
      recorder.command(`docker volume inspect --format '{{.Mountpoint}}' ${word}`);
      const found = await inspect();
      recorder.output(found.Mountpoint);
      return found.Mountpoint;
    },
  };
}
