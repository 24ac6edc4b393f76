import { baseDirectories, describeBase } from '../base-image.ts';
import { type ImageContent, writeImage } from '../image-archive.ts';
import { imageCommand, tagWords } from '../image-command.ts';
import { withSettings } from '../image-settings.ts';
import { imageLabels } from '../labels.ts';
import { type Layer, layerOf } from '../layer-archive.ts';
import { loadImage } from '../load-image.ts';
import { callEngine, engineName, type RunContext, shownName } from '../run-context.ts';
import type { Image, LayerSpec, Sandbox } from '../sandbox.ts';
import { SandboxError } from '../sandbox-error.ts';
import { readSavedImage } from '../saved-image.ts';
import { inspectImage } from './look-at-images.ts';

/** What a run must know of an image to put layers on it. */
type KnownImage = Pick<ImageContent, 'config' | 'history'>;

/** Makes what makes images out of layers. */
export function makeImages(context: RunContext): Pick<Sandbox, 'makeImage'> {
  const known = new Map<string, KnownImage>();
  return {
    async makeImage(spec) {
      const from = spec.from ?? context.baseImage;
      context.recorder.command(imageCommand(spec, from));
      const lower = known.get(from.id) ?? (await describeLower(context, from));
      const settings = spec.layers.flatMap((layer) => layer.sets ?? []);
      const config = { ...withSettings(lower.config, settings), Labels: imageLabels(context.labels) };
      const history = [...lower.history, ...(await Promise.all(spec.layers.map(instructionOf)))];
      const { repo, tag } = tagWords(engineName(context, spec.name));
      const { architecture } = context.facts;
      context.images.made = true;
      const content = { architecture, name: `${repo}:${tag}`, config, history };
      const id = await loadSparingly(context, content, lower, from);
      context.created('images');
      known.set(id, { config, history });
      return { id, name: shownName(spec.name) };
    },
  };
}

async function instructionOf(layer: LayerSpec): Promise<ImageContent['history'][number]> {
  return { instruction: layer.instruction, layer: await layerOf(layer, baseDirectories) };
}

async function describeLower(context: RunContext, from: Image): Promise<KnownImage> {
  if (from.id === context.baseImage.id) return describeBase((await inspectImage(context, from.id)).layers);
  const words = `Layers can be put on the base image or on one made of layers, not on ${from.name}`;
  throw new SandboxError('engine-refused', words);
}

/** Sends only the new layers; an engine that insists on all of them gets all. */
async function loadSparingly(
  context: RunContext,
  content: ImageContent,
  lower: KnownImage,
  from: Image,
): Promise<string> {
  const digests = layersOf(lower.history).map((layer) => layer.digest);
  try {
    return await load(context, content, new Set(digests));
  } catch (error) {
    if (!(error instanceof SandboxError) || error.code !== 'engine-refused') throw error;
    const image = context.engine.docker.getImage(from.id);
    const saved = await callEngine(context, 'save an image', async () => readSavedImage(await image.get()));
    const bytes = new Map(saved.layers.map((layer) => [layer.digest, layer.tar]));
    const history = content.history.map((row) =>
      row.layer === null ? row : { ...row, layer: { ...row.layer, tar: bytes.get(row.layer.digest) ?? row.layer.tar } },
    );
    return load(context, { ...content, history }, new Set());
  }
}

/** @param present digests of the layers that the engine has and need not be sent */
async function load(context: RunContext, content: ImageContent, present: ReadonlySet<string>): Promise<string> {
  const archive = await writeImage(content, present);
  await callEngine(context, 'load an image', () => loadImage(context.engine, archive.tar));
  const found = await inspectImage(context, content.name);
  if (found.id !== archive.id && found.layers.join() !== archive.layers.join()) {
    const words = `The engine loaded an image other than the one sent: ${found.id}, not ${archive.id}`;
    throw new SandboxError('engine-refused', words);
  }
  return found.id;
}

function layersOf(history: KnownImage['history']): Layer[] {
  return history.map((row) => row.layer).filter((layer) => layer !== null);
}
