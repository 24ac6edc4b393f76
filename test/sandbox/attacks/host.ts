import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { createHostDirectory } from '../../../src/sandbox/host-directory.ts';
import type { HostDirectory, Volume } from '../../../src/sandbox/sandbox.ts';
import type { Attack, Attempt } from './attack.ts';
import { inContainer, withHost } from './in-container.ts';
import { refused } from './in-run.ts';
import type { Stand, Unlock } from './stand.ts';

const secret = 'a secret of the host';

/** Mounts a path of the host, past the sandbox. */
const bind = (source: string, target: string): Unlock => withHost({ Binds: [`${source}:${target}`] });

/** Attacks on what the host keeps outside of containers: its engine, files, processes and volumes. */
export const hostAttacks: readonly Attack[] = [
  {
    tries: "Find the engine's socket",
    limit: 'mounts',
    locked: (stand) => findSocket(stand),
    unlocked: (stand) => findSocket(stand, bind(socketOf(stand), '/var/run/docker.sock')),
  },
  {
    tries: 'Read a file of the host',
    limit: 'mounts',
    locked: (stand) => readHostFile(stand),
    unlocked: (stand) => readHostFile(stand, bind(stand.hostFolder, stand.hostFolder)),
  },
  {
    tries: 'Mount a folder of the host that the run did not make',
    limit: 'mounts',
    locked: (stand) => mountForged(stand, 'checked'),
    unlocked: (stand) => mountForged(stand, 'unchecked'),
  },
  {
    tries: "Mount another run's volume",
    limit: 'mounts',
    locked: (stand) => mountForeignVolume(stand, 'checked'),
    unlocked: (stand) => mountForeignVolume(stand, 'unchecked'),
  },
  inContainer({
    tries: "See the host's processes",
    limit: 'own processes',
    script: `tr '\\0' ' ' < /proc/1/cmdline; echo; grep -q -a -E 'timeout|sh' /proc/1/cmdline || echo "got it"`,
    // An init process would want to be number 1.
    unlock: withHost({ PidMode: 'host', Init: false }),
  }),
  {
    tries: 'Have this program follow a link, planted in a shared directory, when it reads',
    limit: 'shared directory',
    locked: (stand) => readPlanted(stand, (directory) => directory.read('planted')),
    unlocked: (stand) => readPlanted(stand, (directory) => readFile(join(directory.path, 'planted'), 'utf8')),
  },
  {
    tries: 'Have this program follow a planted link when it writes',
    limit: 'shared directory',
    locked: (stand) => writePlanted(stand, (directory) => directory.write('planted', 'overwritten')),
    unlocked: (stand) => writePlanted(stand, (directory) => writeFile(join(directory.path, 'planted'), 'overwritten')),
  },
  {
    tries: 'Make this program wait for ever at a planted pipe',
    limit: 'shared directory',
    locked: (stand) => readPipe(stand, (directory) => directory.read('pipe')),
    unlocked: (stand) => readPipe(stand, (directory) => catBriefly(join(directory.path, 'pipe'))),
  },
];

function socketOf({ engine }: Stand): string {
  return engine.address.replace('unix://', '');
}

async function findSocket(stand: Stand, unlock?: Unlock): Promise<Attempt> {
  const paths = [...new Set(['/var/run/docker.sock', '/run/docker.sock', socketOf(stand)])].join(' ');
  const script = `for path in ${paths}; do test -S $path && echo "got it"; ls $path; done`;
  const { output } = await stand.run({ script }, unlock);
  return { succeeded: output.includes('got it'), seen: output.split('\n').at(-1) ?? '' };
}

/** Writes a file that no container may read, one for each attack: several are tried at the same time. */
async function hideSecret(stand: Stand): Promise<string> {
  const file = join(stand.hostFolder, `secret-${crypto.randomUUID()}`);
  await writeFile(file, secret);
  return file;
}

async function readHostFile(stand: Stand, unlock?: Unlock): Promise<Attempt> {
  const file = await hideSecret(stand);
  const { output } = await stand.run({ script: `cat ${file}` }, unlock);
  return { succeeded: output === secret, seen: output };
}

/** A demo hands in an object that looks like a directory of its run. */
async function mountForged(stand: Stand, way: 'checked' | 'unchecked'): Promise<Attempt> {
  const file = await hideSecret(stand);
  const forged: HostDirectory = {
    path: stand.hostFolder,
    shownPath: '',
    write: async () => undefined,
    read: async () => '',
    list: async () => [],
  };
  const script = `cat /host/${basename(file)}`;
  if (way === 'unchecked') {
    const { output } = await stand.run({ script }, bind(stand.hostFolder, '/host'));
    return { succeeded: output === secret, seen: output };
  }
  const mounts = [{ type: 'bind', directory: forged, path: '/host' }] as const;
  return stand.run({ mounts, script }).then(({ output }) => ({ succeeded: output === secret, seen: output }), refused);
}

async function mountForeignVolume(stand: Stand, way: 'checked' | 'unchecked'): Promise<Attempt> {
  const owner = stand.openRun(60);
  const volume: Volume = await owner.sandbox.volume(`foreign-${way}`);
  const mounts = [{ type: 'volume', volume, path: '/data' }] as const;
  await owner.sandbox.runOnce({ name: 'owner', mounts, script: `echo "${secret}" > /data/secret` });
  if (way === 'unchecked') stand.context.volumes.add(volume.name);
  try {
    const { output } = await stand.run({ mounts, script: 'cat /data/secret' });
    return { succeeded: output === secret, seen: output };
  } catch (error) {
    return refused(error);
  } finally {
    await owner.close();
  }
}

/** A container plants something in the directory that it shares with this program. */
async function plant(stand: Stand, script: string): Promise<HostDirectory> {
  const directory = await createHostDirectory(stand.context, `shared-${crypto.randomUUID()}`);
  await stand.run({ mounts: [{ type: 'bind', directory, path: '/shared' }], script });
  return directory;
}

async function readPlanted(stand: Stand, read: (directory: HostDirectory) => Promise<string>): Promise<Attempt> {
  const file = await hideSecret(stand);
  const directory = await plant(stand, `ln -s ${file} /shared/planted`);
  return read(directory).then((text) => ({ succeeded: text === secret, seen: text }), refused);
}

async function writePlanted(stand: Stand, write: (directory: HostDirectory) => Promise<void>): Promise<Attempt> {
  const file = join(stand.hostFolder, `precious-${crypto.randomUUID()}`);
  await writeFile(file, 'precious');
  const directory = await plant(stand, `ln -s ${file} /shared/planted`);
  const attempt = await write(directory).then(() => ({ succeeded: false, seen: 'written elsewhere' }), refused);
  const found = await readFile(file, 'utf8');
  return found === 'precious' ? attempt : { succeeded: true, seen: `the host's file says: ${found}` };
}

async function readPipe(stand: Stand, read: (directory: HostDirectory) => Promise<string>): Promise<Attempt> {
  const directory = await plant(stand, 'busybox mkfifo /shared/pipe');
  return read(directory).then((text) => ({ succeeded: true, seen: text }), refused);
}

/** A program of its own, since a read of a pipe that nobody writes to cannot be called off in this one. */
function catBriefly(path: string): Promise<string> {
  return promisify(execFile)('cat', [path], { timeout: 1000 }).then(
    ({ stdout }) => stdout,
    () => 'it waited until it was killed',
  );
}
