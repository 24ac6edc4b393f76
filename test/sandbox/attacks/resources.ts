import type { Attack, Attempt } from './attack.ts';
import { ignoresUlimits, inContainer, withHost, withUlimit } from './in-container.ts';
import type { Stand, Unlock } from './stand.ts';

const MiB = 1024 * 1024;

/** Attacks on the host's memory, processors, process table and descriptors. */
export const resourceAttacks: readonly Attack[] = [
  inContainer({
    tries: 'Start 120 processes that stay',
    limit: 'processes',
    // The bound is in the script: without the limit it stops by itself, before it harms anybody.
    script: 'n=0; while [ $n -lt 120 ]; do sleep 30 & n=$((n+1)); done; echo "got it"; kill -KILL -1',
    unlock: withHost({ PidsLimit: 0 }),
    unenforced: ({ enforces }) => (enforces.processes ? null : 'this engine has no control group for processes'),
  }),
  inContainer({
    tries: 'Take 100 MiB of memory',
    limit: 'memory and swap',
    script: 'dd if=/dev/zero of=/dev/null bs=100M count=1 2> /dev/null && echo "got it"',
    // Looser, not away: without any limit the attempt would show no more and risk the host.
    unlock: withHost({ Memory: 256 * MiB, MemorySwap: 256 * MiB }),
    unenforced: ({ enforces }) => (enforces.memory ? null : 'this engine has no control group for memory'),
  }),
  {
    tries: 'Keep all processors busy',
    limit: 'CPU',
    locked: (stand) => keepBusy(stand),
    unlocked: (stand) => keepBusy(stand, withHost({ NanoCpus: 0 })),
    unenforced: ({ enforces }) => (enforces.cpu ? null : 'this engine has no control group for processors'),
    hopeless: ({ cpus }) => (cpus > 1 ? null : 'this machine has one processor, which is what the limit leaves'),
  },
  inContainer({
    tries: 'Hold 300 files open',
    limit: 'open files, file size',
    script:
      'n=10; while [ $n -lt 310 ]; do eval "exec $n< /etc/passwd" 2> /dev/null || exit 1; n=$((n+1)); done; echo "got it"',
    unlock: withUlimit('nofile', 1024),
    unenforced: ignoresUlimits,
  }),
  inContainer({
    tries: 'Let a crash write its memory to disk',
    limit: 'core dumps',
    script: 'ulimit -c 1000 && echo "got it"',
    unlock: withUlimit('core', -1),
    unenforced: ignoresUlimits,
  }),
];

/** On a busy machine nobody gets enough to be held back, so there the limit that the kernel applies must do. */
async function keepBusy(stand: Stand, unlock?: Unlock): Promise<Attempt> {
  const script = `for n in 1 2 3 4; do while :; do :; done & done
    sleep 1.5; cd /sys/fs/cgroup; test -e cpu.stat || cd cpu
    grep '^nr_throttled [1-9]' cpu.stat || cat cpu.max cpu.cfs_quota_us 2> /dev/null
    kill -KILL -1`;
  const { output } = await stand.run({ script }, unlock);
  return { succeeded: /^(max|-1|0$|$)/.test(output), seen: output };
}
