import { z } from 'zod';
import { baseDirectories, describeBase } from './base-image.ts';
import { readAnswer } from './engine-answer.ts';
import { humanSize } from './human-size.ts';
import { type ImageContent, writeImage } from './image-archive.ts';
import { imageCommand, layerListing, tagWords } from './image-command.ts';
import { readImageFacts } from './image-facts.ts';
import { withSettings } from './image-settings.ts';
import { imageLabels } from './labels.ts';
import { type Layer, layerOf } from './layer-archive.ts';
import { loadImage } from './load-image.ts';
import { commandLine } from './quote.ts';
import { callEngine, engineName, type RunContext, shownName } from './run-context.ts';
import type { Image, Sandbox } from './sandbox.ts';
import { SandboxError, statusOf } from './sandbox-error.ts';
import { readSavedImage } from './saved-image.ts';

const historySchema = z.array(z.object({ CreatedBy: z.string(), Size: z.number() }));

/** What a run must know of an image to put layers on it. */
interface KnownImage {
  readonly config: ImageContent['config'];
  readonly history: ImageContent['history'];
}

/** The part of the sandbox that deals with images, but for builds. */
export type Images = Pick<
  Sandbox,
  | 'makeImage'
  | 'inspectImage'
  | 'history'
  | 'tag'
  | 'findImage'
  | 'rememberImage'
  | 'removeImage'
  | 'tryRemoveImage'
  | 'save'
  | 'saveRemoveLoad'
>;

/** Makes the image part of a run's sandbox. */
export function openImages(context: RunContext): Images {
  const { engine, recorder, baseImage } = context;
  const { docker } = engine;
  const known = new Map<string, KnownImage>();
  const variables = new Map<string, string>();

  const record = (...words: string[]) => recorder.command(commandLine(['docker', ...words]));
  const inspect = (reference: string) =>
    callEngine(context, 'inspect an image', async () => readImageFacts(await docker.getImage(reference).inspect()));

  const remove = (image: Image, force: boolean) => {
    const named = image.name.startsWith('demo-');
    const reference = named ? engineName(context, image.name.slice('demo-'.length)) : image.id;
    return callEngine(context, 'remove an image', () => docker.getImage(reference).remove({ force }));
  };

  async function isGone(reference: string): Promise<boolean> {
    try {
      await inspect(reference);
      return false;
    } catch (error) {
      if (statusOf(error) === 404) return true;
      throw error;
    }
  }

  async function lowerPart(from: Image): Promise<KnownImage> {
    const remembered = known.get(from.id);
    if (remembered) return remembered;
    if (from.id !== baseImage.id) {
      throw new SandboxError(
        'engine-refused',
        `Layers can be put on the base image or on one made of layers, not on ${from.name}`,
      );
    }
    return describeBase((await inspect(from.id)).layers);
  }

  async function load(content: ImageContent, present: ReadonlySet<string>): Promise<string> {
    const archive = await writeImage(content, present);
    await callEngine(context, 'load an image', () => loadImage(engine, archive.tar));
    const found = await inspect(content.name);
    if (found.id !== archive.id && found.layers.join() !== archive.layers.join()) {
      throw new SandboxError(
        'engine-refused',
        `The engine loaded an image other than the one sent: ${found.id}, not ${archive.id}`,
      );
    }
    return found.id;
  }

  /** Sends only the new layers; an engine that insists on all of them gets all. */
  async function loadSparingly(content: ImageContent, lower: KnownImage, from: Image): Promise<string> {
    const digests = layersOf(lower.history).map((layer) => layer.digest);
    try {
      return await load(content, new Set(digests));
    } catch (error) {
      if (!(error instanceof SandboxError) || error.code !== 'engine-refused') throw error;
      const saved = await callEngine(context, 'save an image', async () =>
        readSavedImage(await docker.getImage(from.id).get()),
      );
      const bytes = new Map(saved.layers.map((layer) => [layer.digest, layer.tar]));
      const history = content.history.map((row) =>
        row.layer === null
          ? row
          : { ...row, layer: { ...row.layer, tar: bytes.get(row.layer.digest) ?? row.layer.tar } },
      );
      return load({ ...content, history }, new Set());
    }
  }

  return {
    async makeImage(spec) {
      const from = spec.from ?? baseImage;
      recorder.command(imageCommand(spec, from));
      const lower = await lowerPart(from);
      const added = await Promise.all(
        spec.layers.map(async (layer) => ({
          instruction: layer.instruction,
          layer: await layerOf(layer, baseDirectories),
        })),
      );
      const settings = spec.layers.flatMap((layer) => layer.sets ?? []);
      const config = { ...withSettings(lower.config, settings), Labels: imageLabels(context.labels) };
      const history = [...lower.history, ...added];
      const { repo, tag } = tagWords(engineName(context, spec.name));
      const name = `${repo}:${tag}`;
      context.images.made = true;
      const id = await loadSparingly({ architecture: context.facts.architecture, name, config, history }, lower, from);
      context.created('images');
      known.set(id, { config, history });
      return { id, name: shownName(spec.name) };
    },
    async inspectImage(image) {
      record('image', 'inspect', '--format', '{{.Id}} {{len .RootFS.Layers}} layers, {{.Size}} B', image.name);
      const facts = await inspect(image.id);
      recorder.output(`${facts.id} ${facts.layers.length} layers, ${facts.size} B`);
      return facts;
    },
    async history(image) {
      record('history', '--no-trunc', '--format', '{{.Size}}\t{{.CreatedBy}}', image.name);
      const rows = await callEngine(context, 'read the history of an image', async () =>
        readAnswer(historySchema, await docker.getImage(image.id).history()),
      );
      const history = rows.map(({ CreatedBy, Size }) => ({ createdBy: CreatedBy, size: Size }));
      recorder.output(history.map(({ size, createdBy }) => `${humanSize(size, 3)}\t${createdBy}`).join('\n'));
      return history;
    },
    async tag(image, name) {
      record('tag', image.name, shownName(name));
      const { repo, tag } = tagWords(engineName(context, name));
      await callEngine(context, 'tag an image', () => docker.getImage(image.id).tag({ repo, tag }));
      return { id: image.id, name: shownName(name) };
    },
    async findImage(nameOrId) {
      const byId = nameOrId.startsWith('sha256:');
      const word = byId ? (variables.get(nameOrId) ?? nameOrId) : shownName(nameOrId);
      recorder.command(`docker image inspect --format '{{.Id}}' ${word}`);
      try {
        const facts = await inspect(byId ? nameOrId : engineName(context, nameOrId));
        recorder.output(facts.id);
        return facts;
      } catch (error) {
        if (statusOf(error) !== 404) throw error;
        recorder.output('No such image');
        return null;
      }
    },
    async rememberImage(image, variable) {
      const word = `"$${variable}"`;
      recorder.command(`${variable}="$(docker image inspect --format '{{.Id}}' ${image.name})"; echo ${word}`);
      recorder.output((await inspect(image.id)).id);
      variables.set(image.id, word);
      return { id: image.id, name: word };
    },
    async removeImage(image, { force = false } = {}) {
      record('image', 'rm', ...(force ? ['--force'] : []), image.name);
      await remove(image, force);
    },
    async tryRemoveImage(image) {
      record('image', 'rm', image.name);
      try {
        await remove(image, false);
        return null;
      } catch (error) {
        if (statusOf(error) !== 409 || !(error instanceof SandboxError)) throw error;
        recorder.output(error.message);
        return error.message;
      }
    },
    async save(image, show) {
      record('save', '--output', `${image.name}.tar`, image.name);
      recorder.command(layerListing(image.name, show));
      const saved = await callEngine(context, 'save an image', async () =>
        readSavedImage(await docker.getImage(image.id).get()),
      );
      const layers = saved.layers.map(({ digest, paths, texts }) => ({ digest, paths, texts }));
      recorder.output(layers.map((layer) => `${layer.digest.slice(0, 19)} ${layer.paths.join(' ')}`).join('\n'));
      if (show !== undefined) {
        recorder.output(layers.flatMap((layer) => layer.texts[show.slice(1)]?.trim() ?? []).join('\n'));
      }
      return { bytes: saved.bytes, layers };
    },
    async saveRemoveLoad(image) {
      const reference = engineName(context, image.name.slice('demo-'.length));
      record('save', '--output', `${image.name}.tar`, image.name);
      const saved = await callEngine(context, 'save an image', async () =>
        readSavedImage(await docker.getImage(reference).get()),
      );
      record('image', 'rm', image.name);
      await callEngine(context, 'remove an image', () => docker.getImage(reference).remove());
      const goneBetween = await isGone(reference);
      recorder.command(`docker image inspect --format '{{.Id}}' ${image.name}`);
      recorder.output(goneBetween ? 'No such image' : image.id);
      record('load', '--input', `${image.name}.tar`);
      await callEngine(context, 'load an image', () => loadImage(engine, saved.archive));
      const facts = await inspect(reference);
      recorder.command(`docker image inspect --format '{{.Id}}' ${image.name}`);
      recorder.output(facts.id);
      recorder.note(`${saved.bytes} B saved`);
      return { bytes: saved.bytes, goneBetween, image: { id: facts.id, name: image.name } };
    },
  };
}

function layersOf(history: KnownImage['history']): Layer[] {
  return history.map((row) => row.layer).filter((layer) => layer !== null);
}
