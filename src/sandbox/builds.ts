import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import dockerignore from '@balena/dockerignore';
import { z } from 'zod';
import { baseImageName } from './base-image.ts';
import { boundedText } from './bounded-text.ts';
import { ownSeccomp } from './container-options.ts';
import { buildCommand } from './image-command.ts';
import { type ArchiveItem, writeArchive } from './layer-archive.ts';
import { cleanOutput } from './output.ts';
import { limits } from './policy.ts';
import { callEngine, engineName, type RunContext, shownName } from './run-context.ts';
import type { Build, BuildSpec, FailedBuild } from './sandbox.ts';
import { SandboxError, statusOf } from './sandbox-error.ts';

const progressSchema = z.object({
  stream: z.string().optional(),
  error: z.string().optional(),
  aux: z.object({ ID: z.string().optional() }).optional(),
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
 * Builds an image with the engine's own builder: no network, bounded memory, a Dockerfile and files that the demo
 * wrote. Every stage starts with this run's labels, so intermediate images are found again and the cache of another
 * run never serves.
 * @throws SandboxError `engine-refused` with the builder's error
 */
export async function buildImage(context: RunContext, spec: BuildSpec): Promise<Build> {
  context.recorder.command(buildCommand(spec));
  const labels = Object.entries(context.labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  const dockerfile = spec.dockerfile
    .flatMap((line) =>
      line.startsWith('FROM ')
        ? [line.replace(/^FROM base\b/, `FROM ${baseImageName}`), `LABEL ${labels.join(' ')}`]
        : [line],
    )
    .join('\n');
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
      t: tag,
      dockerfile: '.dockproof.Dockerfile',
      networkmode: 'none',
      nocache: spec.cache === false,
      rm: true,
      forcerm: true,
      // Podman ignores a limit that it cannot enforce when it makes a container, but fails a build for it.
      ...(context.facts.enforces.memory ? { memory: limits.memoryBytes * 4, memswap: limits.memoryBytes * 4 } : {}),
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
  const found =
    id ?? (await callEngine(context, 'inspect an image', () => context.engine.docker.getImage(tag).inspect())).Id;
  return { id: found, name: shownName(spec.name), log: output, cached: log.split('--> Using cache').length - 1 };
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
  for await (const line of createInterface({ input: progress })) {
    if (line.trim() === '') continue;
    const message = progressSchema.parse(JSON.parse(line));
    if (message.error !== undefined) throw new BuildBroken(message.error, log.read());
    log.add(message.stream ?? '');
    id = message.aux?.ID ?? id;
  }
  return { log: log.read(), id };
}
