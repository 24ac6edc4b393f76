import { findBusybox } from './busybox.ts';
import { describeEngine, type Engine } from './engine.ts';
import { readAnswer } from './engine-answer.ts';
import { type ImageContent, writeImage } from './image-archive.ts';
import { imageInspectSchema } from './image-facts.ts';
import { labelNames } from './labels.ts';
import { type ArchiveItem, makeLayer } from './layer-archive.ts';
import { loadImage } from './load-image.ts';
import { demoUser } from './policy.ts';
import type { Image } from './sandbox.ts';
import { SandboxError, statusOf, toSandboxError } from './sandbox-error.ts';

/** The base image with the bytes that it takes, which every image of a run has from it. */
export interface BaseImage extends Image {
  readonly bytes: number;
}

/** The base image's name and version; a change of its content needs a new version. */
export const baseImageName = 'dockproof/base:1';

const demoUserId = 65_534;

/** Directories that demos write to, owned by the demo user: a non-root process can write only where the image lets it. */
const ownedDirectories = ['/work', '/data', '/home/demo'];

/** Directories of the base image with the id of their owner. */
export const baseDirectories: ReadonlyMap<string, number> = new Map(ownedDirectories.map((path) => [path, demoUserId]));

/** The commands that demos use; each is a link to the one program. */
const commands =
  'cat chmod chown cp cut date dd df du echo env expr false find free grep head hostname id ip kill ln ls mkdir mount mv nc ping printf ps pwd readlink rm rmdir sed seq sh sha256sum sleep sort stat sync tail tar test timeout touch tr true uname vi wc wget which whoami yes'.split(
    ' ',
  );

/** The instructions of the base image, as its history shows them. */
const instructions = {
  program: 'COPY busybox /bin/busybox',
  links: 'RUN busybox --install -s /bin',
  files: 'RUN mkdir /work /data /home/demo && chown 65534:65534 /work /data /home/demo',
  user: `USER ${demoUser}`,
  directory: 'WORKDIR /work',
  command: 'CMD ["sh"]',
} as const;

/**
 * Returns the demo base image, making it first where the engine does not have it. Its id is predicted before the
 * engine loads it and checked after.
 * @param from an image by digest to take busybox from, instead of the usual places
 * @throws SandboxError `no-base-image` where no static busybox is to be had, `no-engine`, `engine-denied`
 */
export async function ensureBaseImage(engine: Engine, from: string | null): Promise<BaseImage> {
  const existing = await findBaseImage(engine, from);
  if (existing) return existing;
  const { architecture } = await describeEngine(engine);
  const busybox = await findBusybox(engine, architecture, from);
  if ('reasons' in busybox) {
    const tried = busybox.reasons.map((reason) => `\n  ${reason}`).join('');
    const message = `There is no static busybox for the demo base image. Run npm run engine (on Debian: apt-get install busybox-static), or set BASE_IMAGE to an image with one, by digest. Tried:${tried}`;
    throw new SandboxError('no-base-image', message);
  }
  const archive = await writeImage(await baseContent(busybox.program, architecture, from));
  try {
    await loadImage(engine, archive.tar);
    const loaded = readAnswer(imageInspectSchema, await engine.docker.getImage(baseImageName).inspect());
    // The containerd image store names an image by its manifest, so there the layers are what can be compared.
    if (loaded.Id !== archive.id && loaded.RootFS.Layers.join() !== archive.layers.join()) {
      const message = `The engine loaded ${baseImageName} as ${loaded.Id}, not as ${archive.id}. Remove that image and try again`;
      throw new SandboxError('no-base-image', message);
    }
    return { id: loaded.Id, name: baseImageName, bytes: loaded.Size };
  } catch (cause) {
    throw toSandboxError(cause, engine.address, 'load the demo base image');
  }
}

/** Finds the base image made from the same source; null where it has to be made. */
async function findBaseImage(engine: Engine, from: string | null): Promise<BaseImage | null> {
  try {
    const found = readAnswer(imageInspectSchema, await engine.docker.getImage(baseImageName).inspect());
    if (found.Config?.Labels?.[labelNames.base] !== sourceOf(from)) return null;
    return { id: found.Id, name: baseImageName, bytes: found.Size };
  } catch (cause) {
    if (statusOf(cause) === 404) return null;
    throw toSandboxError(cause, engine.address, 'look for the demo base image');
  }
}

function sourceOf(from: string | null): string {
  return from ?? 'busybox';
}

/**
 * What the base image is made of, as an image on top of it needs to know: configuration and history, the layers by
 * digest only.
 * @param digests its layers as the engine tells them, lowest first
 */
export function describeBase(digests: readonly string[]): Pick<ImageContent, 'config' | 'history'> {
  const rows = Object.values(instructions);
  const history = rows.map((instruction, index) => {
    const digest = digests[index];
    return { instruction, layer: digest === undefined ? null : { digest, tar: Buffer.alloc(0) } };
  });
  return { config: baseConfig, history };
}

const baseConfig = { User: demoUser, WorkingDir: '/work', Env: ['PATH=/bin'], Cmd: ['sh'] } as const;

async function baseContent(program: Buffer, architecture: string, from: string | null): Promise<ImageContent> {
  const links = commands.map((name): ArchiveItem => ({ type: 'symlink', path: `bin/${name}`, target: 'busybox' }));
  const directories = ['etc', 'home', 'proc', 'sys', 'dev'].map((path): ArchiveItem => ({ type: 'directory', path }));
  const owned = ownedDirectories.map((path): ArchiveItem => ({ type: 'directory', path, owner: demoUserId }));
  const text = (path: string, content: string): ArchiveItem => ({ type: 'file', path, content: Buffer.from(content) });
  return {
    architecture,
    name: baseImageName,
    config: { ...baseConfig, Labels: { [labelNames.base]: sourceOf(from) } },
    history: [
      {
        instruction: instructions.program,
        layer: await makeLayer([
          { type: 'directory', path: 'bin' },
          { type: 'file', path: 'bin/busybox', content: program, mode: 0o755 },
        ]),
      },
      { instruction: instructions.links, layer: await makeLayer([{ type: 'directory', path: 'bin' }, ...links]) },
      {
        instruction: instructions.files,
        layer: await makeLayer([
          ...directories,
          { type: 'directory', path: 'tmp', mode: 0o1777 },
          ...owned,
          text('etc/passwd', 'root:x:0:0:root:/:/bin/sh\ndemo:x:65534:65534:demo:/home/demo:/bin/sh\n'),
          text('etc/group', 'root:x:0:\ndemo:x:65534:\n'),
        ]),
      },
      { instruction: instructions.user, layer: null },
      { instruction: instructions.directory, layer: null },
      { instruction: instructions.command, layer: null },
    ],
  };
}
