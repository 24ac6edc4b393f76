import type { ContainerCreateOptions } from 'dockerode';
import type { EngineFacts } from '../../../src/sandbox/sandbox.ts';
import type { Attack } from './attack.ts';
import { inContainer, withCapability, withHost } from './in-container.ts';

const root = { loosen: { user: '0' } } as const;

/** The devices that every container has. */
const usual = 'null zero full random urandom tty console ptmx'.split(' ').map((name) => `-name ${name}`);

const notInUserNamespace = 'the user namespace of a rootless engine forbids it as well';

function keepsPathsClosed({ rootless }: EngineFacts): string | null {
  return rootless ? notInUserNamespace : null;
}

/** Attacks through devices and the kernel's own file systems. */
export const kernelAttacks: readonly Attack[] = [
  inContainer({
    tries: 'Find a device of the host',
    limit: 'devices',
    spec: root,
    script: `find /dev '(' -type b -o -type c ')' ! '(' ${usual.join(' -o ')} ')' | grep . && echo "got it"`,
    unlock: withHost({ Devices: [{ PathOnHost: '/dev/kmsg', PathInContainer: '/dev/kmsg', CgroupPermissions: 'r' }] }),
  }),
  inContainer({
    tries: 'Set a kernel parameter in /proc/sys',
    limit: '/proc and /sys',
    spec: root,
    // The one parameter that is the container's own, so that the attempt harms nobody where it succeeds.
    script: 'echo taken > /proc/sys/kernel/hostname && echo "got it"',
    unlock: openPaths,
    hopeless: keepsPathsClosed,
  }),
  inContainer({
    tries: "Read the kernel's timers in /proc",
    limit: '/proc and /sys',
    spec: root,
    script: 'test "$(head -c 20 /proc/timer_list | wc -c)" -gt 0 && echo "got it"',
    unlock: openPaths,
    hopeless: keepsPathsClosed,
  }),
  inContainer({
    tries: 'Write to /sys',
    limit: '/proc and /sys',
    spec: root,
    // The alias of the container's own loopback; /sys becomes writable only to who may mount.
    script: 'mount -o remount,rw /sys; echo taken > /sys/class/net/lo/ifalias && echo "got it"',
    unlock: withCapability('SYS_ADMIN', 'NET_ADMIN'),
    hopeless: ({ rootless }) => (rootless ? notInUserNamespace : null),
  }),
  inContainer({
    tries: 'Write to its control group',
    limit: '/proc and /sys',
    spec: root,
    script: `file=$(find /sys/fs/cgroup -name cgroup.procs -maxdepth 2 | head -n 1)
      mount -o remount,bind,rw "$(dirname "$file")"; echo $$ > "$file" && echo "got it"`,
    unlock: withCapability('SYS_ADMIN'),
    hopeless: ({ rootless }) => (rootless ? notInUserNamespace : null),
  }),
];

/** Shows the paths that engines hide, and makes the read-only ones writable. */
function openPaths(request: ContainerCreateOptions, { product }: EngineFacts): ContainerCreateOptions {
  const HostConfig = { ...request.HostConfig, MaskedPaths: [], ReadonlyPaths: [] };
  // Podman takes no notice of the two fields.
  const unmask = product === 'Podman' ? ['unmask=ALL'] : [];
  return { ...request, HostConfig: { ...HostConfig, SecurityOpt: [...(HostConfig.SecurityOpt ?? []), ...unmask] } };
}
