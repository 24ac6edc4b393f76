import type { EngineFacts } from '../../../src/sandbox/sandbox.ts';
import type { Attack, Attempt } from './attack.ts';
import { makeCloneProgram } from './clone-program.ts';
import { inContainer, withCapability, withHost, withoutSeccomp } from './in-container.ts';
import { programInstruction } from './program.ts';
import { buildSetuidImage } from './setuid-image.ts';
import type { Stand, Unlock } from './stand.ts';

/** Root inside, as a few demos need it: what is left to it are its capabilities, and it has none. */
const root = { loosen: { user: '0' } } as const;

const notInUserNamespace = 'the user namespace of a rootless engine forbids it as well';

function allowsNamespaces({ enforces }: EngineFacts): string | null {
  return enforces.seccomp ? null : "this engine's own profile allows user namespaces";
}

/** Attacks that would need rights of the superuser, or get them. */
export const privilegeAttacks: readonly Attack[] = [
  inContainer({
    tries: 'Give a file to another user',
    limit: 'capabilities',
    spec: root,
    script: 'touch /tmp/file && chown 1000 /tmp/file && echo "got it"',
    unlock: withCapability('CHOWN'),
  }),
  inContainer({
    tries: 'Mount a file system',
    limit: 'capabilities',
    spec: root,
    script: 'mount -t tmpfs none /work && echo "got it"',
    unlock: withCapability('SYS_ADMIN'),
  }),
  inContainer({
    tries: 'Make a device node',
    limit: 'capabilities',
    spec: root,
    script: 'busybox mknod /tmp/node c 1 3 && echo "got it"',
    unlock: withCapability('MKNOD'),
    hopeless: ({ rootless }) => (rootless ? notInUserNamespace : null),
  }),
  inContainer({
    tries: 'Open a raw socket',
    limit: 'capabilities',
    spec: root,
    script: 'ping -c 1 127.0.0.1 > /dev/null && echo "got it"',
    unlock: withCapability('NET_RAW'),
  }),
  inContainer({
    tries: 'Change the network',
    limit: 'capabilities',
    spec: root,
    script: 'busybox ifconfig lo down && echo "got it"',
    unlock: withCapability('NET_ADMIN'),
  }),
  inContainer({
    tries: 'Change the root directory',
    limit: 'capabilities',
    spec: root,
    script: 'busybox chroot / true && echo "got it"',
    unlock: withCapability('SYS_CHROOT'),
  }),
  inContainer({
    tries: "Read another user's private file",
    limit: 'capabilities',
    spec: { loosen: { user: '0' }, mounts: [{ type: 'tmpfs', path: '/private', size: 65_536 }] },
    // Root that may not pass over permissions: a folder without any is closed to it too.
    script: 'mkdir /private/closed && chmod 0 /private/closed && ls /private/closed && echo "got it"',
    unlock: withCapability('DAC_OVERRIDE'),
  }),
  inContainer({
    tries: 'Become another user',
    limit: 'capabilities',
    spec: root,
    script: 'busybox su demo -c true && echo "got it"',
    unlock: withCapability('SETUID', 'SETGID'),
  }),
  {
    tries: 'Gain rights from a setuid program',
    limit: 'new privileges',
    locked: (stand) => runSetuid(stand),
    unlocked: (stand) => runSetuid(stand, withHost({ SecurityOpt: [] })),
  },
  inContainer({
    tries: 'Make a user namespace to be root in',
    limit: 'seccomp',
    script: 'busybox unshare -U true && echo "got it"',
    unlock: withoutSeccomp,
    unenforced: allowsNamespaces,
  }),
  {
    tries: 'Make a user namespace with a program of its own, by clone',
    limit: 'seccomp',
    locked: (stand) => runClone(stand),
    unlocked: (stand) => runClone(stand, withoutSeccomp),
    unenforced: allowsNamespaces,
  },
  inContainer({
    tries: 'Be root inside',
    limit: 'user',
    script: 'test "$(id -u)" = 0 && echo "got it"; id',
    unlock: (request) => ({ ...request, User: '0:0' }),
  }),
];

/** Without capabilities `su` comes no further than being root, which is enough to tell. */
async function runSetuid(stand: Stand, unlock?: Unlock): Promise<Attempt> {
  const { output } = await stand.run({ image: await buildSetuidImage(stand), script: '/work/su -c true' }, unlock);
  return { succeeded: !output.includes('must be suid'), seen: output };
}

/** The program is for one processor only; on another `unshare` takes its place. */
async function runClone(stand: Stand, unlock?: Unlock): Promise<Attempt> {
  const program = stand.facts.architecture === 'amd64' ? '/data/clone' : 'busybox unshare -U true';
  const image = await stand.openRun(60).sandbox.build({
    name: 'clone',
    dockerfile: ['FROM base', programInstruction(makeCloneProgram(), '/data/clone')],
  });
  const script = `${program}; code=$?; echo "error $code"; test $code = 0 && echo "got it"`;
  const { output } = await stand.run({ image, script }, unlock);
  return { succeeded: output.endsWith('got it'), seen: output };
}
