import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, type FileHandle, mkdir, mkdtemp, open, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { isProcessAlive, labelNames, thisProcess } from './labels.ts';
import { limits } from './policy.ts';
import { commandLine } from './quote.ts';
import { removeTree } from './remove-tree.ts';
import { type RunContext, shownName } from './run-context.ts';
import type { HostDirectory } from './sandbox.ts';
import { SandboxError } from './sandbox-error.ts';

/** A container may have put anything there: no link is followed, and nothing that would make this program wait. */
const careful = constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Makes a directory for bind mounts on the host of this program, which must be the engine's host too. It is the only
 * host path that a container of the run can be given. Everybody may write in it, for a container's user can be anybody:
 * so its own name is random, and its parent lets nobody list it. The parent's name tells owner, process and run, so that
 * the reaper finds what was left.
 */
export async function createHostDirectory(context: RunContext, name: string): Promise<HostDirectory> {
  const { labels, recorder } = context;
  const maker = `${encodeURIComponent(labels[labelNames.process] ?? '')}-${runPart(context.runId)}`;
  const parent = await mkdtemp(join(tmpdir(), `${ownerPrefix(labels[labelNames.owner] ?? '')}${maker}-`));
  context.onClose(async () => void (await removeTree(parent)));
  // The engine, and processes in containers, can be other users than this one.
  await chmod(parent, 0o711);
  const path = join(parent, randomBytes(16).toString('hex'));
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

function runPart(runId: string): string {
  return runId.slice(0, 8);
}

/** What follows the owner in a parent's name: the process, the run, and what makes it unique. */
const madeBy = /^(?<maker>.+%2F[^-]*?)(?:-(?<run>[0-9a-f]{8}))?-[^-]+$/;

/**
 * Removes the host directories that dead processes of this Dockproof left, and those of this process whose run is over:
 * their removal failed then. One that cannot be removed now keeps none of the others.
 * @param activeRuns ids of the runs of this process that are under way
 * @returns how many it removed
 * @throws Error where the folder for temporary files cannot be read
 */
export async function reapHostDirectories(owner: string, activeRuns: ReadonlySet<string>): Promise<number> {
  const prefix = ownerPrefix(owner);
  const active = new Set([...activeRuns].map(runPart));
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix));
  const left = names.filter((name) => {
    const { maker, run } = madeBy.exec(name.slice(prefix.length))?.groups ?? {};
    const process = decode(maker ?? '');
    if (process === null) return false;
    return !isProcessAlive(process) || (process === thisProcess() && run !== undefined && !active.has(run));
  });
  const removed = await Promise.allSettled(left.map((name) => removeTree(join(tmpdir(), name))));
  return removed.filter((result) => result.status === 'fulfilled' && result.value).length;
}

/** The folder is everybody's, so a name can be anything. */
function decode(text: string): string | null {
  try {
    return text === '' ? null : decodeURIComponent(text);
  } catch {
    return null;
  }
}
