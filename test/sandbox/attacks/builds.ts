import { limits } from '../../../src/sandbox/policy.ts';
import { SandboxError } from '../../../src/sandbox/sandbox-error.ts';
import type { Attack, Attempt } from './attack.ts';
import { buildByHand } from './build-by-hand.ts';
import type { Stand } from './stand.ts';

const MiB = 1024 * 1024;

/** An attack from inside of a build. */
interface BuildAttack extends Pick<Attack, 'tries' | 'limit' | 'unenforced' | 'alone'> {
  readonly lines: readonly string[];
  /** What the builder prints where the attack succeeds; that it ends without an error where left out. */
  readonly success?: RegExp;
}

/** Makes an attack of a Dockerfile: built in a run, then by a program without any policy. */
function inBuild({ lines, success, ...rest }: BuildAttack): Attack {
  const judge = (log: string, failed: boolean): Attempt => ({
    succeeded: success ? success.test(log) : !failed,
    seen: log.trim().split('\n').at(-1)?.slice(0, 160) ?? '',
  });
  return {
    ...rest,
    async locked(stand: Stand) {
      const run = stand.openRun(60);
      const attempt = await run.sandbox.build({ name: 'attack', dockerfile: ['FROM base', ...lines] }).then(
        ({ log }) => judge(log, false),
        (error: unknown) => {
          if (error instanceof SandboxError) return judge(error.message, true);
          throw error;
        },
      );
      const { leftovers } = await run.close();
      return leftovers === 0 ? attempt : { succeeded: true, seen: `${leftovers} objects outlived the run` };
    },
    async unlocked(stand: Stand) {
      const { log } = await buildByHand(stand, 'attack', lines);
      return judge(log, log.includes('"error"'));
    },
  };
}

/** Writes some MiB more into each of several layers, with time for a look at each. */
const manyLayers = Array.from(
  { length: 6 },
  (_, layer) =>
    `RUN n=0; while [ $n -lt 3 ]; do head -c ${12 * MiB} /dev/zero > f${layer}-$n; sleep 0.2; n=$((n+1)); done`,
);

/** Attacks from inside of builds, where not all of the policy can be set. */
export const buildAttacks: readonly Attack[] = [
  inBuild({ tries: 'Fill the disk with layers of a build', limit: 'disk', lines: manyLayers }),
  inBuild({
    tries: 'Fill the disk with many files in one step of a build',
    limit: 'disk',
    lines: [`RUN n=0; while [ $n -lt 40 ]; do head -c ${6 * MiB} /dev/zero > f$n; sleep 0.06; n=$((n+1)); done`],
  }),
  inBuild({
    tries: 'Write one file of 20 MiB in a build',
    limit: 'builds',
    lines: ['RUN head -c 20971520 /dev/zero > file'],
  }),
  inBuild({
    tries: `Start ${limits.buildProcesses + 100} processes in a build`,
    limit: 'builds',
    alone: true,
    lines: [
      `RUN n=0; while [ $n -lt ${limits.buildProcesses + 100} ]; do sleep 8 & n=$((n+1)); done; test $(ls -d /proc/[0-9]* | wc -l) -gt ${limits.buildProcesses}`,
    ],
  }),
  inBuild({
    tries: 'Take 300 MiB of memory in a build',
    limit: 'builds',
    lines: ['RUN dd if=/dev/zero of=/dev/null bs=300M count=1'],
    unenforced: ({ enforces }) => (enforces.memory ? null : 'this engine has no control group for memory'),
  }),
  inBuild({
    tries: 'Keep all processors busy in a build',
    limit: 'builds',
    lines: [
      'RUN cd /sys/fs/cgroup; test -e cpu.max || cd cpu; echo "quota $(cat cpu.max cpu.cfs_quota_us 2> /dev/null)"',
    ],
    success: /quota (?:max|-1)/,
    unenforced: ({ enforces }) => (enforces.cpu ? null : 'this engine has no control group for processors'),
  }),
  inBuild({
    tries: 'Be root in a build, with what root may do there',
    limit: 'builds',
    lines: ['USER 0:0', 'RUN touch file && chown 1000 file'],
  }),
];
