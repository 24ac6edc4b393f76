import { Readable } from 'node:stream';
import dockerignore from '@balena/dockerignore';
import { z } from 'zod';
import { baseImageName } from './base-image.ts';
import { boundedText } from './bounded-text.ts';
import { checkDockerfile } from './check-dockerfile.ts';
import { ownSeccomp } from './container-options.ts';
import { answerIds, readAnswer, readJson } from './engine-answer.ts';
import { buildCommand } from './image-command.ts';
import { readImageFacts } from './image-facts.ts';
import { imageLabels, labelInstruction, noContainerLabels } from './labels.ts';
import { type ArchiveItem, writeArchive } from './layer-archive.ts';
import { cleanOutput } from './output.ts';
import { boundBuild } from './policy.ts';
import { readLines } from './progress-lines.ts';
import { callEngine, engineName, type RunContext, shownName } from './run-context.ts';
import type { Build, BuildSpec, FailedBuild } from './sandbox.ts';
import { SandboxError, statusOf } from './sandbox-error.ts';

const progressSchema = z.object({
  stream: z.string().optional(),
  error: z.string().optional(),
  aux: z.object({ ID: answerIds.image.optional() }).optional(),
});

/**
 * Builds an image from a Dockerfile that may be faulty.
 * @returns the image, or the builder's own words
 */
export async function tryBuild(context: RunContext, spec: BuildSpec): Promise<Build | FailedBuild> {
  try {
    return await buildImage(context, spec);
  } catch (error) {
    // A Dockerfile that the builder cannot read is refused before it prints anything.
    if (!(error instanceof SandboxError) || (!(error instanceof BuildBroken) && statusOf(error) !== 400)) throw error;
    const { log, reason } = error instanceof BuildBroken ? error : { log: '', reason: error.message };
    context.recorder.output(cleanOutput(log));
    context.recorder.output(cleanOutput(reason));
    return { refusal: cleanOutput(reason), log: cleanOutput(log) };
  }
}

/** A build that the builder broke off. */
class BuildBroken extends SandboxError {
  readonly reason: string;
  /** What it printed until then. */
  readonly log: string;

  constructor(reason: string, log: string) {
    super('engine-refused', `The build failed: ${reason}`);
    this.reason = reason;
    this.log = log;
  }
}

/**
 * Builds an image with the engine's own builder: no network, the policy's bounds for builds, a Dockerfile and files that
 * the demo wrote. Every stage starts with this run's labels, so what the builder makes on the way is found again and the
 * cache of another run never serves; it ends without those that only containers carry.
 * @throws SandboxError `engine-refused` with the builder's error, or for a Dockerfile that the policy does not allow
 */
export async function buildImage(context: RunContext, spec: BuildSpec): Promise<Build> {
  context.recorder.command(buildCommand(spec));
  checkDockerfile(spec.dockerfile, spec.asRoot);
  if (spec.asRoot === true) context.loosened({ buildAsRoot: true });
  context.images.made = true;
  const dockerfile = labelled(context, spec.dockerfile);
  const files = keptContext(spec.context ?? {}).map(
    ([path, text]): ArchiveItem => ({ type: 'file', path, content: Buffer.from(text) }),
  );
  const archives = await Promise.all(
    Object.entries(spec.archives ?? {}).map(async ([path, content]): Promise<ArchiveItem> => {
      const items = Object.entries(content).map(
        ([name, text]): ArchiveItem => ({ type: 'file', path: name, content: Buffer.from(text) }),
      );
      return { type: 'file', path, content: await writeArchive(items) };
    }),
  );
  const archive = await writeArchive([
    ...files,
    ...archives,
    { type: 'file', path: '.dockproof.Dockerfile', content: Buffer.from(dockerfile) },
  ]);
  const tag = engineName(context, spec.name);
  const { log, id } = await callEngine(context, 'build an image', async () => {
    const options = {
      ...boundBuild(context.facts),
      t: tag,
      dockerfile: '.dockproof.Dockerfile',
      nocache: spec.cache === false,
      // A builder goes on without whoever asked for it unless that one hangs up.
      abortSignal: context.signal,
      ...(context.seccompProfile === null ? {} : { securityopt: JSON.stringify(ownSeccomp(context)) }),
      ...(spec.target === undefined ? {} : { target: spec.target }),
      ...(spec.args === undefined ? {} : { buildargs: spec.args }),
    };
    const progress = await context.engine.docker.buildImage(Readable.from([archive]), options);
    return readProgress(progress);
  });
  context.created('images');
  const output = cleanOutput(log);
  context.recorder.output(output);
  const inspect = async () => readImageFacts(await context.engine.docker.getImage(tag).inspect());
  const found = id ?? (await callEngine(context, 'inspect an image', inspect)).id;
  return { id: found, name: shownName(spec.name), log: output, cached: countCached(log) };
}

function labelled(context: RunContext, lines: readonly string[]): string {
  const first = labelInstruction({ ...context.labels, ...imageLabels(context.labels) });
  const begin = lines.findIndex((line) => line.startsWith('FROM '));
  const stages = lines.flatMap((line, index) => {
    if (!line.startsWith('FROM ')) return [line];
    const from = line.replace(/^FROM base\b/, `FROM ${baseImageName}`);
    return index === begin ? [from, first] : [lastLabels, from, first];
  });
  return [...stages, lastLabels].join('\n');
}

const lastLabels = labelInstruction(noContainerLabels);

/** How many instructions came from the cache, without the one that this program adds at the end. */
function countCached(log: string): number {
  const steps = log.split(/^(?=STEP |Step )/m).filter((step) => step.includes('--> Using cache'));
  return steps.filter((step) => !step.includes(lastLabels)).length;
}

/** What `.dockerignore` leaves of a context. The client filters, not the engine, so here that is this program. */
function keptContext(context: Readonly<Record<string, string>>): [string, string][] {
  const keeps = dockerignore
    .default()
    .add(context['.dockerignore'] ?? '')
    .createFilter();
  return Object.entries(context).filter(([path]) => keeps(path));
}

async function readProgress(progress: NodeJS.ReadableStream): Promise<{ log: string; id: string | null }> {
  const log = boundedText();
  let id: string | null = null;
  for await (const line of readLines(progress)) {
    const message = readAnswer(progressSchema, readJson(line));
    if (message.error !== undefined) throw new BuildBroken(message.error, log.read());
    log.add(message.stream ?? '');
    id = message.aux?.ID ?? id;
  }
  return { log: log.read(), id };
}
