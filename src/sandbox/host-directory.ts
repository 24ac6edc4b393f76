import { constants } from 'node:fs';
import { chmod, type FileHandle, mkdir, mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { isProcessAlive, labelNames } from './labels.ts';
import { limits } from './policy.ts';
import { commandLine } from './quote.ts';
import { type RunContext, shownName } from './run-context.ts';
import type { HostDirectory } from './sandbox.ts';
import { SandboxError } from './sandbox-error.ts';

/** A container may have put anything there: no link is followed, and nothing that would make this program wait. */
const careful = constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Makes a directory for bind mounts on the host of this program, which must be the engine's host too. It is the only
 * host path that a container of the run can be given. Its parent's name tells owner and process, so that the reaper
 * finds what a killed process left.
 */
export async function createHostDirectory(context: RunContext, name: string): Promise<HostDirectory> {
  const { labels, recorder } = context;
  const maker = encodeURIComponent(labels[labelNames.process] ?? '');
  const parent = await mkdtemp(join(tmpdir(), `${ownerPrefix(labels[labelNames.owner] ?? '')}${maker}-`));
  context.onClose(() => rm(parent, { recursive: true, force: true }));
  // The engine, and processes in containers, can be other users than this one.
  await chmod(parent, 0o711);
  const path = join(parent, basename(name));
  await mkdir(path);
  await chmod(path, 0o777);
  context.hostDirectories.add(path);
  const shownPath = `$PWD/${shownName(name)}`;
  recorder.command(`mkdir -p ${shownName(name)} && chmod 777 ${shownName(name)}`);
  const inside = (file: string) => join(path, basename(file));
  return {
    path,
    shownPath,
    async write(file, text) {
      recorder.command(`printf %s ${commandLine([text])} > ${shownName(name)}/${basename(file)}`);
      await withFile(inside(file), constants.O_WRONLY | constants.O_CREAT, async (handle) => {
        await handle.truncate();
        await handle.writeFile(text);
        await handle.chmod(0o666);
      });
    },
    async list() {
      recorder.command(`ls ${shownName(name)}`);
      const names = (await readdir(path)).sort();
      recorder.output(names.join('\n'));
      return names;
    },
    async read(file) {
      recorder.command(`cat ${shownName(name)}/${basename(file)}; echo`);
      const text = await withFile(inside(file), constants.O_RDONLY, async (handle) => {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(limits.outputBytes), 0, limits.outputBytes, 0);
        return buffer.toString('utf8', 0, bytesRead);
      });
      recorder.output(text);
      return text;
    },
  };
}

/** @throws SandboxError `engine-refused` for anything but a regular file with one name */
async function withFile<Value>(path: string, flags: number, use: (file: FileHandle) => Promise<Value>): Promise<Value> {
  const refusal = `${basename(path)} is not there, or is no plain file, so the sandbox does not open it`;
  const file = await open(path, flags | careful, 0o666).catch((cause: unknown) => {
    throw new SandboxError('engine-refused', refusal, { cause });
  });
  try {
    const found = await file.stat();
    if (!found.isFile() || found.nlink !== 1) throw new SandboxError('engine-refused', refusal);
    return await use(file);
  } finally {
    await file.close();
  }
}

function ownerPrefix(owner: string): string {
  return `dockproof-${owner}-`;
}

/**
 * Removes the host directories that dead processes of this Dockproof left.
 * @returns how many it removed
 */
export async function reapHostDirectories(owner: string): Promise<number> {
  const prefix = ownerPrefix(owner);
  const names = await readdir(tmpdir());
  const left = names.filter((name) => {
    const maker = name.startsWith(prefix) ? name.slice(prefix.length, name.lastIndexOf('-')) : null;
    return maker !== null && !isProcessAlive(decodeURIComponent(maker));
  });
  await Promise.all(left.map((name) => rm(join(tmpdir(), name), { recursive: true, force: true })));
  return left.length;
}
