import { defineDemo } from './catalogue/demo.ts';
import { exactly } from './catalogue/findings.ts';
import { noControlGroups } from './catalogue/reasons.ts';

const MiB = 1024 * 1024;
/** Where cgroup v1 and v2 tell a container's limits: bytes, and microseconds of processor time in a period. */
const files = {
  memory: 'cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max 2> /dev/null',
  cpu: 'cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us /sys/fs/cgroup/cpu.max 2> /dev/null',
};

export const demo = defineDemo({
  id: 'limits-from-inside',
  title: 'Look at the limits of a container from inside',
  question: {
    text: 'A container may use 32 MiB of memory. What does free show in it as total memory?',
    options: ['32 MiB', "The host's memory", 'Nothing'],
    right: 1,
  },
  claims: [
    'free-shows-host-memory',
    'memory-limit-in-cgroup-file',
    'cpu-limit-in-cgroup-file',
    'update-changes-limits-at-once',
  ],
  steps: {
    run: 'Run a container with 32 MiB of memory and half a CPU, and ask free',
    files: 'Read the files of its control group',
    update: 'Change both limits while it runs, and read the files again',
  },
  async *run({ sandbox, step, tested, notRun }) {
    const { enforces, memory } = sandbox.engine;
    const [a, free] = yield* step('run', async () => {
      const limited = enforces.memory && enforces.cpu;
      const container = await sandbox.run({ name: 'a', loosen: limited ? { memory: 32 * MiB, cpus: 0.5 } : {} });
      return [container, await container.exec("free -b | sed -n 's/^Mem: *\\([0-9]*\\).*/\\1/p'")] as const;
    });
    const read = async () => ({ memory: (await a.exec(files.memory)).output, cpu: (await a.exec(files.cpu)).output });
    const before = yield* step('files', read);
    const after = yield* step('update', async () => {
      if (enforces.memory && enforces.cpu && sandbox.engine.product === 'Docker') {
        await a.setLimits({ memory: 16 * MiB, cpus: 0.25 });
      }
      return read();
    });
    const told = Number(free.output);
    yield tested('free-shows-host-memory', {
      predicted: `about ${Math.round(memory / MiB)} MiB, the host's`,
      observed: `${Math.round(told / MiB)} MiB`,
      held: told > 32 * MiB && Math.abs(told - memory) < memory / 10,
    });
    const [inMemory, inCpu, changed] = [`${32 * MiB}`, '50000', `${16 * MiB}, 25000`];
    if (!enforces.memory || !enforces.cpu) {
      yield notRun('memory-limit-in-cgroup-file', inMemory, noControlGroups);
      yield notRun('cpu-limit-in-cgroup-file', inCpu, noControlGroups);
      yield notRun('update-changes-limits-at-once', changed, noControlGroups);
      return;
    }
    const quota = (text: string) => text.split(' ')[0] ?? '';
    yield tested('memory-limit-in-cgroup-file', exactly(inMemory, before.memory));
    yield tested('cpu-limit-in-cgroup-file', {
      predicted: `${inCpu} of 100000 microseconds`,
      observed: before.cpu,
      held: quota(before.cpu) === inCpu,
    });
    yield tested('update-changes-limits-at-once', exactly(changed, `${after.memory}, ${quota(after.cpu)}`));
  },
  dockerOnly: { 'update-changes-limits-at-once': '4 cannot update a container through this interface' },
});
