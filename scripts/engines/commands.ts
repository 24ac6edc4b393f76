import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineCommand } from './started-engine.ts';

/** The unprivileged user of the rootless engines, made where it is missing. */
const rootlessUser = 'dockproof-rootless';

/** How to start each engine in a folder, beside the machine's own; docs/engines.md says the same in words. */
export const engineCommands: Readonly<Record<string, (folder: string) => Promise<EngineCommand>>> = {
  'Docker, overlay2': async (folder) => rootfulDocker(folder, 'overlay2'),
  'Docker, vfs': async (folder) => rootfulDocker(folder, 'vfs'),
  'Docker, rootless': async (folder) => ({
    ...(await asRootlessUser(folder)),
    socket: join(folder, 'docker.sock'),
    words: ['/usr/share/docker.io/contrib/dockerd-rootless.sh'],
  }),
  Podman: async (folder) => {
    const podman = await podmanService(folder);
    return { ...podman, words: apart(podman.words) };
  },
  'Podman, rootless': async (folder) => {
    const { environment, ...podman } = await podmanService(folder);
    const asUser = await asRootlessUser(folder);
    const places = { ...asUser.environment, ...environment };
    // Without settings of its own a rootless Podman takes vfs.
    return { ...podman, ...asUser, environment: { ...places, STORAGE_DRIVER: 'overlay' } };
  },
};

function rootfulDocker(folder: string, driver: string): EngineCommand {
  const socket = join(folder, 'd.sock');
  const places = [
    '--data-root',
    join(folder, 'data'),
    '--exec-root',
    join(folder, 'exec'),
    '--pidfile',
    join(folder, 'pid'),
  ];
  return {
    folder,
    socket,
    words: apart(['dockerd', '--host', `unix://${socket}`, '--storage-driver', driver, ...places]),
  };
}

/**
 * Runs a command in a network namespace of its own, so that it does not meddle with the bridge and the packet filter of
 * the machine's engine. A second interface stands for a way out, which containers must not see.
 */
function apart(words: readonly string[]): [string, ...string[]] {
  const script = 'busybox ip link set lo up; busybox ip link add name outside type bridge; exec "$@"';
  return ['unshare', '--net', 'sh', '-c', script, 'sh', ...words];
}

async function podmanService(folder: string) {
  const settings = join(folder, 'containers.conf');
  // runc, since Debian 12's crun refuses hybrid control groups; the ulimit, since builds otherwise raise it higher than
  // every host allows.
  const engine = '[engine]\nruntime = "runc"\ncgroup_manager = "cgroupfs"\nevents_logger = "file"\n';
  await writeFile(settings, `[containers]\ndefault_ulimits = ["nproc=16384:16384"]\n${engine}`);
  const socket = join(folder, 'p.sock');
  const places = ['--root', join(folder, 'root'), '--runroot', join(folder, 'run')];
  const words: [string, ...string[]] = ['podman', ...places, 'system', 'service', '--time', '0', `unix://${socket}`];
  return { folder, socket, words, environment: { CONTAINERS_CONF: settings } };
}

/** Gives the folder to the unprivileged user, as home and as runtime directory. */
async function asRootlessUser(folder: string) {
  if (spawnSync('id', [rootlessUser], { stdio: 'ignore' }).status !== 0) {
    execFileSync('useradd', ['--no-create-home', '--shell', '/bin/sh', rootlessUser]);
  }
  const id = (flag: string) => Number(execFileSync('id', [flag, rootlessUser], { encoding: 'utf8' }));
  const user = { uid: id('-u'), gid: id('-g') };
  const home = join(folder, 'home');
  await mkdir(home);
  for (const path of [folder, home]) await chown(path, user.uid, user.gid);
  await chmod(folder, 0o755);
  // As udev sets it; the user-mode network needs it.
  if (existsSync('/dev/net/tun')) await chmod('/dev/net/tun', 0o666);
  return { folder, environment: { HOME: home, USER: rootlessUser, XDG_RUNTIME_DIR: folder }, user };
}
