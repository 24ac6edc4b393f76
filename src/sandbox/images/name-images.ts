import { tagWords } from '../image-command.ts';
import { commandLine } from '../quote.ts';
import { callEngine, engineName, type RunContext, shownName } from '../run-context.ts';
import type { Image, Sandbox } from '../sandbox.ts';
import { SandboxError, statusOf } from '../sandbox-error.ts';

/** Makes what gives images further names, and takes names away. */
export function nameImages(context: RunContext): Pick<Sandbox, 'tag' | 'removeImage' | 'tryRemoveImage'> {
  const { recorder, engine } = context;
  const record = (...words: string[]) => recorder.command(commandLine(['docker', ...words]));
  return {
    async tag(image, name) {
      record('tag', image.name, shownName(name));
      const { repo, tag } = tagWords(engineName(context, name));
      await callEngine(context, 'tag an image', () => engine.docker.getImage(image.id).tag({ repo, tag }));
      return { id: image.id, name: shownName(name) };
    },
    async removeImage(image, { force = false } = {}) {
      record('image', 'rm', ...(force ? ['--force'] : []), image.name);
      await remove(context, image, force);
    },
    async tryRemoveImage(image) {
      record('image', 'rm', image.name);
      try {
        await remove(context, image, false);
        return null;
      } catch (error) {
        if (statusOf(error) !== 409 || !(error instanceof SandboxError)) throw error;
        recorder.output(error.message);
        return error.message;
      }
    },
  };
}

async function remove(context: RunContext, image: Image, force: boolean): Promise<void> {
  const named = image.name.startsWith('demo-');
  const reference = named ? engineName(context, image.name.slice('demo-'.length)) : image.id;
  await callEngine(context, 'remove an image', () => context.engine.docker.getImage(reference).remove({ force }));
}
