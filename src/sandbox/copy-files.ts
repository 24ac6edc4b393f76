import { posix } from 'node:path';
import { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { extract } from 'tar-stream';
import { writeArchive } from './layer-archive.ts';
import { cleanOutput } from './output.ts';
import { limits } from './policy.ts';
import { commandLine } from './quote.ts';
import { callEngine, type RunContext } from './run-context.ts';
import { SandboxError } from './sandbox-error.ts';

/** Copies a small text file into a container, running or not, as `docker cp FILE CONTAINER:PATH` does. */
export async function copyIn(
  context: RunContext,
  handle: Docker.Container,
  shown: string,
  path: string,
  text: string,
): Promise<void> {
  const name = posix.basename(path);
  context.recorder.command(`printf %s ${commandLine([text])} > ${name}`);
  context.recorder.command(commandLine(['docker', 'cp', name, `${shown}:${path}`]));
  const archive = await writeArchive([{ type: 'file', path: name, content: Buffer.from(text) }]);
  await callEngine(context, 'copy a file into a container', () =>
    context.mountGuard.read(handle.id, () =>
      handle.putArchive(Readable.from([archive]), { path: posix.dirname(path) }),
    ),
  );
}

/**
 * Copies a small text file out of a container, running or not, as `docker cp CONTAINER:PATH -` does. It is read here, and
 * nothing is written to this host.
 * @throws SandboxError `engine-refused` where there is no such file, or it is no plain file
 */
export async function copyOut(
  context: RunContext,
  handle: Docker.Container,
  shown: string,
  path: string,
): Promise<string> {
  context.recorder.command(`${commandLine(['docker', 'cp', `${shown}:${path}`, '-'])} | tar -xO`);
  const text = await callEngine(context, 'copy a file out of a container', () =>
    context.mountGuard.read(handle.id, async () => firstText(await handle.getArchive({ path }))),
  );
  if (text === null) {
    throw new SandboxError('engine-refused', `${path} of ${shown} is no plain file, so the sandbox does not read it`);
  }
  const output = cleanOutput(text);
  context.recorder.output(output);
  return output;
}

/** The text of an archive's first item, at most what is kept of a command's output; null if that is no plain file. */
async function firstText(archive: NodeJS.ReadableStream): Promise<string | null> {
  const reader = extract();
  archive.on('error', (error) => reader.destroy(error));
  archive.pipe(reader);
  try {
    for await (const entry of reader) {
      if (entry.header.type !== 'file') return null;
      const kept: Buffer[] = [];
      let bytes = 0;
      for await (const chunk of entry) {
        if (!Buffer.isBuffer(chunk)) continue;
        kept.push(chunk);
        bytes += chunk.length;
        if (bytes > limits.outputBytes) break;
      }
      return Buffer.concat(kept).toString('utf8', 0, limits.outputBytes + 1);
    }
    return null;
  } finally {
    // Until the archive is read or its connection ends, the engine keeps the container locked, and removes no image.
    if (archive instanceof Readable) archive.destroy();
  }
}
