import { readdir, readFile, readlink, stat } from 'node:fs/promises';

/**
 * Counts the bytes of files that processes of a container hold open although they have no name any more: no engine counts
 * them. It reads `/proc` of this host, so it sees them only where the engine runs on it too, and only as far as this
 * program's user may look at those processes: root, or the user of a rootless engine.
 * @param pid of the container's main process on its host
 * @param containerId which its control groups name: another host's process of that number counts for nothing
 * @returns 0 where nothing can be seen
 */
export async function countUnlinked(pid: number, containerId: string): Promise<number> {
  const groups = await readFile(`/proc/${pid}/cgroup`, 'utf8').catch(() => '');
  if (!groups.includes(containerId)) return 0;
  const found = new Map<string, number>();
  for (const each of await descendants(pid)) {
    for (const [file, bytes] of await unlinkedOf(each)) found.set(file, bytes);
  }
  return [...found.values()].reduce((sum, bytes) => sum + bytes, 0);
}

/** A process with all that come from it (proc_pid_task(5), `children`). */
async function descendants(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => ''));
  const children = (await Promise.all(lists)).flatMap((text) => text.split(' ')).filter((text) => text !== '');
  return [pid, ...(await Promise.all(children.map((child) => descendants(Number(child))))).flat()];
}

const blockBytes = 512;

/** Each unlinked file on a disk that a process holds open, by device and inode, with the bytes that it takes. */
async function unlinkedOf(pid: number): Promise<[string, number][]> {
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder).catch(() => []);
  const looked = names.map(async (name): Promise<[string, number][]> => {
    try {
      const target = await readlink(`${folder}/${name}`);
      if (!target.endsWith(' (deleted)') || target.startsWith('/memfd:')) return [];
      const file = await stat(`${folder}/${name}`);
      return file.isFile() ? [[`${file.dev}:${file.ino}`, file.blocks * blockBytes]] : [];
    } catch {
      // Closed meanwhile.
      return [];
    }
  });
  return (await Promise.all(looked)).flat();
}
