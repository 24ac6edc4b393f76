import { limits } from '../../../src/sandbox/policy.ts';
import type { ContainerSpec, Sandbox } from '../../../src/sandbox/sandbox.ts';
import type { Attack, Attempt } from './attack.ts';
import { ignoresUlimits, inContainer, withHost, withUlimit } from './in-container.ts';
import { inRun, refused } from './in-run.ts';
import type { Stand, Unlock } from './stand.ts';

const MiB = 1024 * 1024;

/** Writes files of some MiB, as many as asked for, and says so if all fit. */
const fill = (folder: string, count: number, size = 1, pause = '') =>
  `cd ${folder} && n=0; while [ $n -lt ${count} ]; do head -c ${size * MiB} /dev/zero > f$n || exit 1; ${pause} n=$((n+1)); done; echo "got it"`;

/** Twice what a run may write, with pauses, so that no disk is too fast for the watch. */
const fillDisk = (folder: string) => fill(folder, (limits.diskBytes * 2) / (4 * MiB), 4, 'sleep 0.04;');

/** Twice as many empty files as a run may make, with pauses. */
const emptyFiles = (folder: string) =>
  `cd ${folder} && n=0; while [ $n -lt ${limits.diskFiles * 2} ]; do : > f$n; n=$((n+1)); case $n in *000) sleep 0.15;; esac; done; echo "got it"`;

/** Twice what a run may write, in files that are removed while they are open. */
const namelessFiles = `cd /work && for n in ${Array.from({ length: 18 }, (_, index) => index + 10).join(' ')}; do eval "exec $n> f"; rm f; head -c ${15 * MiB} /dev/zero >&$n || exit 1; sleep 0.15; done; echo "got it"`;

/** Volumes of so much each, one after the other, in containers that end. */
const endedVolumes = 5;
const ended = { script: `${fill('/data', 12, 4)}` };

async function fillVolumes(sandbox: Sandbox): Promise<void> {
  for (let n = 0; n < endedVolumes; n++) {
    const container = await sandbox.run({ name: `v${n}`, mounts: [{ type: 'anonymous', path: '/data' }], ...ended });
    await container.wait();
    await sandbox.pause(1500);
  }
}

function filled(): Attempt {
  return { succeeded: true, seen: `${endedVolumes} volumes of 48 MiB` };
}

/** Attacks on the engine's disk and on the memory behind file systems. */
export const diskAttacks: readonly Attack[] = [
  inContainer({
    tries: 'Write to the root filesystem',
    limit: 'root filesystem',
    script: 'echo x > /work/file && echo "got it"',
    unlock: withHost({ ReadonlyRootfs: false }),
  }),
  inContainer({
    tries: 'Write one file of 20 MiB',
    limit: 'open files, file size',
    spec: { loosen: { writableRoot: true } },
    script: 'head -c 20971520 /dev/zero > /work/file && echo "got it"',
    unlock: withUlimit('fsize', 32 * MiB),
    unenforced: ignoresUlimits,
  }),
  inRun({
    tries: 'Fill the disk with many files in a writable root filesystem',
    limit: 'disk',
    spec: { loosen: { writableRoot: true }, script: fillDisk('/work') },
  }),
  inRun({
    tries: 'Fill the disk with many files in a volume',
    limit: 'disk',
    spec: { mounts: [{ type: 'anonymous', path: '/data' }], script: fillDisk('/data') },
  }),
  inRun({
    tries: 'Fill the disk with empty files',
    limit: 'disk',
    spec: { loosen: { writableRoot: true }, script: emptyFiles('/work') },
  }),
  inRun({
    tries: 'Fill a volume with empty files',
    limit: 'disk',
    spec: { mounts: [{ type: 'anonymous', path: '/data' }], script: emptyFiles('/data') },
  }),
  inRun({
    tries: 'Fill the disk with files that have no name any more',
    limit: 'disk',
    spec: { loosen: { writableRoot: true }, script: namelessFiles },
    unseen: ({ rootless }) => rootless || process.getuid?.() !== 0,
  }),
  {
    tries: 'Fill the disk with volumes of containers that have ended',
    limit: 'disk',
    locked: async (stand) => {
      const run = stand.openRun(60);
      const attempt = await fillVolumes(run.sandbox).then(filled, refused);
      await run.close();
      return attempt;
    },
    unlocked: async (stand) => {
      for (let n = 0; n < endedVolumes; n++)
        await stand.run({ ...ended, mounts: [{ type: 'anonymous', path: '/data' }] });
      return filled();
    },
  },
  inContainer({
    tries: 'Fill memory with files in /tmp',
    limit: '`/tmp`',
    script: fill('/tmp', 12),
    unlock: withHost({ Tmpfs: { '/tmp': `rw,size=${16 * MiB},mode=1777` } }),
  }),
  inContainer({
    tries: 'Run a program from /tmp',
    limit: '`/tmp`',
    script: 'cp /bin/busybox /tmp/busybox && /tmp/busybox echo "got it"',
    unlock: withHost({ Tmpfs: { '/tmp': `rw,exec,size=${limits.temporaryBytes},mode=1777` } }),
  }),
  inContainer({
    tries: 'Fill memory with files in /dev/shm',
    limit: 'shared memory',
    script: fill('/dev/shm', 3),
    unlock: withHost({ ShmSize: 8 * MiB }),
  }),
  {
    tries: 'Fill the disk with output',
    limit: 'log',
    locked: (stand) => fillLog(stand),
    unlocked: (stand) => fillLog(stand, withHost({ LogConfig: { Type: 'json-file', Config: {} } })),
  },
  {
    tries: 'Flood the reader with output',
    limit: 'output',
    locked: async (stand) => flooded((await stand.openRun(60).sandbox.runOnce({ name: 'flood', ...flood })).output),
    unlocked: async (stand) => flooded((await stand.run(flood)).output),
  },
];

/** Two million bytes in lines of a thousand. */
const flood = { script: "head -c 2000000 /dev/zero | tr '\\0' y | busybox fold -w 1000" } satisfies Omit<
  ContainerSpec,
  'name'
>;

function flooded(shown: string): Attempt {
  return { succeeded: shown.length > limits.outputBytes * 2, seen: `${shown.length} characters shown` };
}

/** The engine keeps the current log file and at most one before it. */
async function fillLog(stand: Stand, unlock?: Unlock): Promise<Attempt> {
  const container = await stand.create(flood, unlock);
  await container.start();
  await container.wait();
  const kept = (await container.logs({ stdout: true, stderr: true, follow: false })).length;
  await container.remove({ v: true });
  return { succeeded: kept > limits.logBytes * 3, seen: `${Math.round(kept / 1024)} KiB of log kept` };
}
