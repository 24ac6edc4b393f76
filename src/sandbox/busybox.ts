import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { extract } from 'tar-stream';
import { z } from 'zod';
import type { Engine } from './engine.ts';
import { readAnswer, readJson } from './engine-answer.ts';
import { makeContainer } from './make-container.ts';
import { readLines } from './progress-lines.ts';
import { SandboxError, statusOf } from './sandbox-error.ts';

/** busybox 1.36 of Docker Hub, all architectures, by digest. */
const published = 'busybox@sha256:73aaf090f3d85aa34ee199857f03fa3a95c8ede2ffd4cc2cdb5b94e566b11662';

/** Where Linux distributions put a busybox. */
const hostPaths = [
  '/bin/busybox',
  '/usr/bin/busybox',
  '/sbin/busybox',
  '/usr/local/bin/busybox',
  '/bin/busybox.static',
];

/** ELF's names of processors (https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html) by the engine's. */
const elfMachines: Readonly<Record<string, number>> = {
  amd64: 62,
  arm64: 183,
  arm: 40,
  '386': 3,
  ppc64le: 21,
  s390x: 22,
  riscv64: 243,
};

const interpreterSegment = 3;

const progressSchema = z.object({ error: z.string().optional() });

/**
 * Finds a static busybox for the engine's processor: from the published image where a registry answers, else from
 * this host's files.
 * @param image an image by digest to take it from, instead of the published one
 * @returns the program's bytes, or the reasons why each way failed
 */
export async function findBusybox(
  engine: Engine,
  architecture: string,
  image: string | null,
): Promise<{ readonly program: Buffer } | { readonly reasons: readonly string[] }> {
  const reasons: string[] = [];
  try {
    return { program: checked(await fromImage(engine, image ?? published), architecture) };
  } catch (error) {
    reasons.push(`${image ?? published}: ${messageOf(error)}`);
  }
  if (image !== null) return { reasons };
  for (const path of hostPaths) {
    try {
      return { program: checked(await readFile(path), architecture) };
    } catch (error) {
      reasons.push(`${path}: ${messageOf(error)}`);
    }
  }
  return { reasons };
}

async function fromImage(engine: Engine, image: string): Promise<Buffer> {
  const { docker } = engine;
  const present = await docker
    .getImage(image)
    .inspect()
    .then(() => true, isMissing);
  if (!present) await pull(engine, image);
  const container = await makeContainer(docker, { Image: image, Cmd: ['busybox'], NetworkDisabled: true });
  try {
    const archive = await container.getArchive({ path: '/bin/busybox' });
    return await firstFile(archive);
  } finally {
    await container.remove({ force: true });
    if (!present)
      await docker
        .getImage(image)
        .remove()
        .catch((error: unknown) => ignoreMissing(error));
  }
}

async function pull({ docker }: Engine, image: string): Promise<void> {
  const progress = await docker.pull(image, { abortSignal: AbortSignal.timeout(60_000) });
  for await (const line of readLines(progress)) {
    const { error } = readAnswer(progressSchema, readJson(line));
    if (error !== undefined) throw new SandboxError('engine-refused', `The engine did not pull ${image}: ${error}`);
  }
}

function firstFile(archive: NodeJS.ReadableStream): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const reader = extract();
    reader.on('entry', (header, stream, next) => {
      buffer(stream).then((content) => {
        if (header.type === 'file') resolve(content);
        next();
      }, reject);
    });
    reader.on('finish', () => reject(new Error('the image has no file /bin/busybox')));
    reader.on('error', reject);
    archive.on('error', reject);
    archive.pipe(reader);
  });
}

/** Checks that a program runs alone in an image on that processor: right machine, no dynamic loader. */
function checked(program: Buffer, architecture: string): Buffer {
  if (program.length < 64 || program.toString('latin1', 0, 4) !== '\u007fELF')
    throw new Error('is not a Linux program');
  const read16 = (at: number) => (program[5] === 2 ? program.readUInt16BE(at) : program.readUInt16LE(at));
  const expected = elfMachines[architecture];
  if (expected !== undefined && read16(18) !== expected)
    throw new Error(`is not built for the engine's processor, ${architecture}`);
  const wide = program[4] === 2;
  const start = wide ? Number(program.readBigUInt64LE(32)) : program.readUInt32LE(28);
  const size = read16(wide ? 54 : 42);
  const count = read16(wide ? 56 : 44);
  for (let index = 0; index < count; index++) {
    if (program.readUInt32LE(start + index * size) === interpreterSegment) throw new Error('is not statically linked');
  }
  return program;
}

/** @returns false where there is no such image; any other failure says nothing about that */
function isMissing(error: unknown): false {
  if (statusOf(error) === 404) return false;
  throw error;
}

function ignoreMissing(error: unknown): void {
  if (statusOf(error) !== 404 && statusOf(error) !== 409) throw error;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
