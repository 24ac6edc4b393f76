import type { Container } from '../sandbox/sandbox.ts';
import { defineDemo } from './catalogue/demo.ts';
import { noControlGroups } from './catalogue/reasons.ts';

const MiB = 1024 * 1024;
const count = 5;

export const demo = defineDemo({
  id: 'container-lightweight',
  title: 'Weigh a container',
  question: {
    text: 'An idle shell runs in a container. About how much memory does the container use?',
    options: ['Less than 8 MiB', 'About 100 MiB', 'About 500 MiB', 'As much as a small VM'],
    right: 0,
  },
  claims: ['memory-of-its-processes', 'no-kernel-boot', 'containers-start-in-seconds'],
  steps: {
    weigh: 'Run one container with an idle shell and measure its memory',
    uptime: 'Ask a new container how long its kernel has been up',
    many: 'Start five containers, one after another, and ask each how long its kernel has been up',
  },
  async *run({ sandbox, step, tested, notRun }) {
    const memory = yield* step('weigh', async () => {
      const container = await sandbox.run({ name: 'idle' });
      return sandbox.engine.controlGroups ? container.memory() : null;
    });
    if (memory === null) yield notRun('memory-of-its-processes', 'less than 8 MiB', noControlGroups);
    else
      yield tested('memory-of-its-processes', {
        predicted: 'less than 8 MiB',
        observed: `${(memory.usage / MiB).toFixed(2)} MiB, of which ${(memory.resident / MiB).toFixed(2)} MiB are not page cache`,
        held: memory.usage > 0 && memory.usage < 8 * MiB,
      });

    const [uptime, age] = yield* step('uptime', async () => {
      const started = performance.now();
      const { output } = await sandbox.runOnce({ name: 'uptime', script: 'cut -d " " -f 1 /proc/uptime' });
      return [Number(output), (performance.now() - started) / 1000] as const;
    });
    yield tested('no-kernel-boot', {
      predicted: 'the kernel has been up for longer than the container',
      observed: `the kernel for ${uptime} s, the container for less than ${age.toFixed(1)} s`,
      held: uptime > age,
    });

    const many = yield* step('many', async () => {
      const started = performance.now();
      const names = Array.from({ length: count }, (_, index) => `n${index + 1}`);
      const containers: Container[] = [];
      for (const name of names) containers.push(await sandbox.run({ name }));
      const seconds = (performance.now() - started) / 1000;
      const uptimes: number[] = [];
      for (const container of containers) {
        const { output } = await container.exec('cut -d " " -f 1 /proc/uptime');
        uptimes.push(Number(output));
      }
      return { seconds, uptimes };
    });
    yield tested('containers-start-in-seconds', {
      predicted: `${count} run, on a kernel that has been up for longer than their start took`,
      observed: `${many.uptimes.length} run, started in ${many.seconds.toFixed(2)} s, on a kernel that has been up for ${Math.min(...many.uptimes)} s`,
      held: many.uptimes.length === count && many.uptimes.every((up) => up > many.seconds),
    });
  },
});
