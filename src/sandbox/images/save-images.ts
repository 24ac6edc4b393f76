import { layerListing } from '../image-command.ts';
import { loadImage } from '../load-image.ts';
import { commandLine } from '../quote.ts';
import { callEngine, engineName, type RunContext } from '../run-context.ts';
import type { Sandbox } from '../sandbox.ts';
import { statusOf } from '../sandbox-error.ts';
import { readSavedImage } from '../saved-image.ts';
import { inspectImage } from './look-at-images.ts';

/** Makes what saves images to an archive, and loads them back. */
export function saveImages(context: RunContext): Pick<Sandbox, 'save' | 'saveRemoveLoad'> {
  const { recorder, engine } = context;
  const record = (...words: string[]) => recorder.command(commandLine(['docker', ...words]));
  const save = (reference: string) =>
    callEngine(context, 'save an image', async () => readSavedImage(await engine.docker.getImage(reference).get()));
  return {
    async save({ id, name }, show) {
      record('save', '--output', `${name}.tar`, name);
      recorder.command(layerListing(name, show));
      const saved = await save(id);
      const layers = saved.layers.map(({ digest, paths, texts }) => ({ digest, paths, texts }));
      recorder.output(layers.map((layer) => `${layer.digest.slice(0, 19)} ${layer.paths.join(' ')}`).join('\n'));
      if (show !== undefined) {
        recorder.output(layers.flatMap((layer) => layer.texts[show.slice(1)]?.trim() ?? []).join('\n'));
      }
      return { bytes: saved.bytes, layers };
    },
    async saveRemoveLoad({ id, name }) {
      const reference = engineName(context, name.slice('demo-'.length));
      const inspection = `docker image inspect --format '{{.Id}}' ${name}`;
      record('save', '--output', `${name}.tar`, name);
      const saved = await save(reference);
      record('image', 'rm', name);
      await callEngine(context, 'remove an image', () => engine.docker.getImage(reference).remove());
      const goneBetween = await isGone(context, reference);
      recorder.command(inspection);
      recorder.output(goneBetween ? 'No such image' : id);
      record('load', '--input', `${name}.tar`);
      await callEngine(context, 'load an image', () => loadImage(engine, saved.archive));
      const facts = await inspectImage(context, reference);
      recorder.command(inspection);
      recorder.output(facts.id);
      recorder.note(`${saved.bytes} B saved`);
      return { bytes: saved.bytes, goneBetween, image: { id: facts.id, name } };
    },
  };
}

async function isGone(context: RunContext, reference: string): Promise<boolean> {
  try {
    await inspectImage(context, reference);
    return false;
  } catch (error) {
    if (statusOf(error) === 404) return true;
    throw error;
  }
}
