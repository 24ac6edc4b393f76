import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { baseImageName } from '../../../src/sandbox/base-image.ts';
import { imageLabels, labelInstruction } from '../../../src/sandbox/labels.ts';
import { writeArchive } from '../../../src/sandbox/layer-archive.ts';
import { engineName } from '../../../src/sandbox/run-context.ts';
import type { Image } from '../../../src/sandbox/sandbox.ts';
import type { Stand } from './stand.ts';

/** A build that the sandbox had no part in. */
export interface BuiltByHand {
  readonly image: Image;
  /** What the builder told, in its own lines of JSON. */
  readonly log: string;
}

/**
 * Builds with the engine's builder as a careless program does: no policy, whatever the Dockerfile says. What it makes goes
 * with the stand.
 */
export async function buildByHand(stand: Stand, name: string, lines: readonly string[]): Promise<BuiltByHand> {
  const { engine, context } = stand;
  const labels = labelInstruction({ ...context.labels, ...imageLabels(context.labels) });
  const dockerfile = [`FROM ${baseImageName}`, labels, ...lines].join('\n');
  const archive = await writeArchive([{ type: 'file', path: 'Dockerfile', content: Buffer.from(dockerfile) }]);
  const tag = engineName(context, name);
  const options = { t: tag, networkmode: 'none', rm: true, forcerm: true };
  const log = await text(await engine.docker.buildImage(Readable.from([archive]), options));
  const id = /"ID":"(sha256:[0-9a-f]{64})"/.exec(log)?.[1] ?? '';
  return { image: { id, name }, log };
}
